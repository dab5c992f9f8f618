package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import java.util.Set;

/** Which files are worth reading for what runs what: not pictures, data, and what tools write for themselves. */
final class TextFiles {

    private static final Set<String> NOT = Set.of(
            "png", "jpg", "jpeg", "gif", "webp", "ico", "bmp", "tiff", "svg", "pdf", "psd", "ai", "eps", "mp3", "mp4",
            "mov", "wav", "ogg", "webm", "avi", "ttf", "otf", "woff", "woff2", "eot", "zip", "gz", "tgz", "bz2", "xz",
            "zst", "7z", "rar", "tar", "jar", "war", "class", "so", "dll", "exe", "dylib", "o", "a", "pyc", "wasm",
            "bin", "dat", "db", "sqlite", "sqlite3", "parquet", "avro", "csv", "tsv", "xls", "xlsx", "doc", "docx",
            "ppt", "pptx", "geojson", "map", "lock", "css", "scss", "sass", "less", "snap", "po", "mo", "pot", "ipynb",
            "pem", "crt", "key", "p12", "jks", "log", "patch", "diff", "html", "htm", "d.ts", "pb", "onnx", "pt", "npy",
            "pkl", "arrow", "glb", "gltf", "obj", "stl", "icns", "drawio");
    private static final Set<String> NAMES = Set.of(
            "package-lock.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "poetry.lock",
            "Pipfile.lock",
            "composer.lock",
            "Cargo.lock",
            "go.sum",
            "npm-shrinkwrap.json",
            "LICENSE",
            "bun.lockb");
    private static final Set<String> DOCUMENTS =
            Set.of("md", "mdx", "rst", "adoc", "txt", "asciidoc", "markdown", "org");

    private TextFiles() {}

    static boolean worthReading(TreeFile file) {
        String name = file.name();
        return !NOT.contains(Paths.extension(name))
                && !NAMES.contains(name)
                && !name.endsWith(".min.js")
                && !name.endsWith(".d.ts");
    }

    static boolean isDocument(String path) {
        return DOCUMENTS.contains(Paths.extension(path));
    }
}

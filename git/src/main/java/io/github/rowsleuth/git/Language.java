package io.github.rowsleuth.git;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The languages whose strings are read. */
enum Language {
    SQL("sql psql pgsql"),
    PYTHON("py pyw"),
    SHELL("sh bash zsh ksh"),
    JAVASCRIPT("js mjs cjs jsx"),
    TYPESCRIPT("ts mts cts tsx"),
    RUBY("rb rake"),
    JAVA("java"),
    KOTLIN("kt kts"),
    GO("go"),
    PHP("php"),
    CSHARP("cs");

    private static final Set<String> SHELVED = Set.of("disabled", "bak", "backup", "old", "orig");

    private final String extensions;

    Language(String extensions) {
        this.extensions = extensions;
    }

    /** The program that a source is; SQL is no program, and has nothing in it but statements. */
    Program read(String source) {
        return switch (this) {
            case SQL -> new Program(List.of(), List.of(), Map.of(), Map.of());
            case PYTHON -> PythonLexer.read(source);
            case SHELL -> ShellLexer.read(source);
            case JAVASCRIPT, TYPESCRIPT -> BraceLexer.read(source, BraceLexer.JAVASCRIPT);
            case RUBY -> BraceLexer.read(source, BraceLexer.RUBY);
            case JAVA, KOTLIN -> BraceLexer.read(source, BraceLexer.JAVA);
            case GO -> BraceLexer.read(source, BraceLexer.GO);
            case PHP -> BraceLexer.read(source, BraceLexer.PHP);
            case CSHARP -> BraceLexer.read(source, BraceLexer.CSHARP);
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of a file without endings such as {@code .disabled} that put it out of use. */
    static String inUse(String name) {
        int dot = name.lastIndexOf('.');
        boolean shelved = dot > 0 && SHELVED.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
        return shelved ? name.substring(0, dot) : name;
    }

    static Optional<Language> ofName(String fileName) {
        String name = inUse(fileName).toLowerCase(Locale.ROOT);
        if (name.endsWith(".min.js")) {
            return Optional.empty();
        }
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return List.of(values()).stream()
                .filter(l -> name.contains(".")
                        && List.of(l.extensions.split(" ", -1)).contains(extension))
                .findFirst();
    }

    /** The language that the first line of a file without an extension names. */
    static Optional<Language> ofShebang(String text) {
        if (!text.startsWith("#!")) {
            return Optional.empty();
        }
        String first = text.lines().findFirst().orElse("");
        return first.contains("python")
                ? Optional.of(PYTHON)
                : first.contains("node")
                        ? Optional.of(JAVASCRIPT)
                        : first.contains("ruby")
                                ? Optional.of(RUBY)
                                : first.contains("php")
                                        ? Optional.of(PHP)
                                        : first.endsWith("sh") || first.contains("sh ")
                                                ? Optional.of(SHELL)
                                                : Optional.empty();
    }
}

package io.github.rowsleuth.git;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The languages whose strings are read. */
enum Language {
    SQL(source -> new Program(List.of(), List.of(), java.util.Map.of(), java.util.Map.of()), "sql", "psql", "pgsql"),
    PYTHON(PythonLexer::read, "py", "pyw"),
    SHELL(ShellLexer::read, "sh", "bash", "zsh", "ksh"),
    JAVASCRIPT(s -> BraceLexer.read(s, BraceLexer.JAVASCRIPT), "js", "mjs", "cjs", "jsx"),
    TYPESCRIPT(s -> BraceLexer.read(s, BraceLexer.JAVASCRIPT), "ts", "mts", "cts", "tsx"),
    RUBY(s -> BraceLexer.read(s, BraceLexer.RUBY), "rb", "rake"),
    JAVA(s -> BraceLexer.read(s, BraceLexer.JAVA), "java"),
    KOTLIN(s -> BraceLexer.read(s, BraceLexer.JAVA), "kt", "kts"),
    GO(s -> BraceLexer.read(s, BraceLexer.GO), "go"),
    PHP(s -> BraceLexer.read(s, BraceLexer.PHP), "php"),
    CSHARP(s -> BraceLexer.read(s, BraceLexer.CSHARP), "cs");

    private static final Set<String> SHELVED = Set.of("disabled", "bak", "backup", "old", "orig");

    private final Function<String, Program> lexer;
    private final Set<String> extensions;

    Language(Function<String, Program> lexer, String... extensions) {
        this.lexer = lexer;
        this.extensions = Set.of(extensions);
    }

    Program read(String source) {
        return lexer.apply(source);
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
                .filter(l -> name.contains(".") && l.extensions.contains(extension))
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

package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.store.ShelvedNames;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The languages whose strings and calls are read. */
public enum Language {
    /** SQL, scripts of psql included. */
    SQL("sql psql pgsql ddl dml"),
    /** Python. */
    PYTHON("py pyw pyi"),
    /** The shells that descend from Bourne's. */
    SHELL("sh bash zsh ksh command"),
    /** JavaScript. */
    JAVASCRIPT("js mjs cjs jsx"),
    /** TypeScript. */
    TYPESCRIPT("ts mts cts tsx"),
    /** Ruby. */
    RUBY("rb rake thor ru"),
    /** Elixir. */
    ELIXIR("ex exs"),
    /** Java. */
    JAVA("java"),
    /** Kotlin. */
    KOTLIN("kt kts"),
    /** Go. */
    GO("go"),
    /** Rust. */
    RUST("rs"),
    /** PHP. */
    PHP("php"),
    /** C#. */
    CSHARP("cs");

    private static final Map<String, Language> BY_EXTENSION = new HashMap<>();

    static {
        for (Language language : values()) {
            for (String extension : language.extensions.split(" ", -1)) {
                BY_EXTENSION.put(extension, language);
            }
        }
    }

    private final String extensions;

    Language(String extensions) {
        this.extensions = extensions;
    }

    /**
     * {@return the program that a source is; SQL is no program, and has nothing in it but statements}
     *
     * @param source the source
     */
    public Program read(String source) {
        String text = source.indexOf('\r') < 0 ? source : source.replace("\r\n", "\n");
        return switch (this) {
            case SQL -> Program.none(text);
            case SHELL -> ShellReader.read(text, 1).program();
            case PYTHON -> ProgramReader.read(tokens(text), Dialect.PYTHON);
            case JAVASCRIPT, TYPESCRIPT -> ProgramReader.read(tokens(text), Dialect.SCRIPT);
            case RUBY -> ProgramReader.read(tokens(text), Dialect.RUBY);
            case ELIXIR -> ProgramReader.read(tokens(text), Dialect.ELIXIR);
            case JAVA, CSHARP -> ProgramReader.read(tokens(text), Dialect.JAVA);
            case KOTLIN -> ProgramReader.read(tokens(text), Dialect.KOTLIN);
            case GO -> ProgramReader.read(tokens(text), Dialect.GO);
            case RUST -> ProgramReader.read(tokens(text), Dialect.RUST);
            case PHP -> ProgramReader.read(tokens(text), Dialect.PHP);
        };
    }

    /** The tokens of a source with single line breaks. */
    Tokens tokens(String text) {
        return switch (this) {
            case SQL, SHELL -> new ShellLexer(text, 1).read();
            case PYTHON -> new PythonLexer(text).read();
            case JAVASCRIPT, TYPESCRIPT -> new ScriptLexer(text).read();
            case RUBY -> new RubyLexer(text).read();
            case ELIXIR -> new ElixirLexer(text).read();
            case JAVA -> new JavaLexer(text).read();
            case KOTLIN -> new KotlinLexer(text).read();
            case GO -> new GoLexer(text).read();
            case RUST -> new RustLexer(text).read();
            case PHP -> new PhpLexer(text).read();
            case CSHARP -> new CSharpLexer(text).read();
        };
    }

    /** {@return the name of the language in small letters} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the language that the name of a file tells, endings such as {@code .disabled} left aside}
     *
     * @param fileName the name without its folders
     */
    public static Optional<Language> ofName(String fileName) {
        String name = ShelvedNames.inUse(fileName);
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return name.equals("Rakefile") || name.equals("Gemfile") ? Optional.of(RUBY) : Optional.empty();
        }
        return Optional.ofNullable(BY_EXTENSION.get(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
    }

    /**
     * {@return the language that the first line of a text names}
     *
     * @param text the text
     */
    public static Optional<Language> ofShebang(String text) {
        if (!text.startsWith("#!")) {
            return Optional.empty();
        }
        String first = text.lines().findFirst().orElse("");
        Language named = null;
        if (first.contains("python")) {
            named = PYTHON;
        } else if (first.contains("node") || first.contains("bun") || first.contains("deno")) {
            named = JAVASCRIPT;
        } else if (first.contains("ruby")) {
            named = RUBY;
        } else if (first.contains("php")) {
            named = PHP;
        } else if (first.contains("elixir")) {
            named = ELIXIR;
        } else if (first.endsWith("sh") || first.contains("sh ")) {
            named = SHELL;
        } else if (first.contains("psql")) {
            named = SQL;
        }
        return Optional.ofNullable(named);
    }
}

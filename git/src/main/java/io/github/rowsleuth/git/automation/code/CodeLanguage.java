package io.github.rowsleuth.git.automation.code;

import java.util.Locale;
import java.util.Optional;

/** The languages whose calls are followed. */
public enum CodeLanguage {
    PYTHON("py pyw", "#", false),
    JAVASCRIPT("js mjs cjs jsx ts mts cts tsx", "//", true),
    RUBY("rb rake", "#", false),
    JAVA("java kt kts cs scala groovy", "//", true),
    GO("go", "//", true),
    PHP("php", "//", true),
    HCL("tf hcl", "#", true);

    private final String extensions;
    private final String lineComment;
    private final boolean braces;

    CodeLanguage(String extensions, String lineComment, boolean braces) {
        this.extensions = " " + extensions + " ";
        this.lineComment = lineComment;
        this.braces = braces;
    }

    public static Optional<CodeLanguage> ofExtension(String extension) {
        for (CodeLanguage language : values()) {
            if (language.extensions.contains(" " + extension.toLowerCase(Locale.ROOT) + " ")) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** The language that the first line of a file names. */
    public static Optional<CodeLanguage> ofShebang(String text) {
        String first = text.startsWith("#!") ? text.lines().findFirst().orElse("") : "";
        return first.contains("python")
                ? Optional.of(PYTHON)
                : first.contains("node") || first.contains("tsx") || first.contains("bun") || first.contains("deno")
                        ? Optional.of(JAVASCRIPT)
                        : first.contains("ruby")
                                ? Optional.of(RUBY)
                                : first.contains("php") ? Optional.of(PHP) : Optional.empty();
    }

    String lineComment() {
        return lineComment;
    }

    /** Whether braces, and not indentation or words, hold blocks together. */
    boolean braces() {
        return braces;
    }
}

package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.evidence.Excerpt;
import java.util.regex.Pattern;

/** Takes out of a line of code what looks like a secret. */
public final class Secrets {

    private static final Pattern IN_ADDRESS = Pattern.compile("(://[^\\s:/@]{0,80}):[^\\s/@]{1,200}@");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)([\\w-]*(?:passw(?:or)?d|pwd|secret|token|api[_-]?key|credential)[\\w-]*[\"']?\\s{0,4}[=:]\\s{0,4})"
                    + "(\"[^\"]*\"|'[^']*'|[^\\s,;]+)");
    private static final Pattern LONG = Pattern.compile("[A-Za-z0-9+/_=-]{40,}");
    private static final int MAX_LINE = 300;

    private Secrets() {}

    /**
     * {@return the line, shortened, without what looks like a secret}
     *
     * @param line a line of a file
     */
    public static Excerpt without(String line) {
        String cut = line.strip();
        cut = cut.length() > MAX_LINE ? cut.substring(0, MAX_LINE) + "…" : cut;
        cut = IN_ADDRESS.matcher(cut).replaceAll("$1:…@");
        cut = NAMED.matcher(cut).replaceAll("$1…");
        return Excerpt.ofHarmless(LONG.matcher(cut).replaceAll("…"));
    }
}

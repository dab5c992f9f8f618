package io.github.rowsleuth.git.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds lines in which people speak of a loss of data, and the scripts and commands that they name near it. */
public final class Confessions {

    /** Words of which every such line holds one, in small letters. */
    public static final List<String> MARKS = List.of(
            "data loss",
            "lost data",
            "lost all",
            "lost the",
            "lost our",
            "accident",
            "mistake",
            "wiped",
            "deleted all",
            "truncated",
            "emptied",
            "were deleted",
            "was deleted",
            "got deleted",
            "was dropped",
            "got dropped",
            "was reset",
            "got reset",
            "was wiped",
            "recover",
            "restore",
            "post-mortem",
            "postmortem",
            "data-loss",
            "dataloss",
            "destroyed",
            "gone from",
            "disappeared",
            "all gone",
            "nuked");

    private static final Pattern LOSS = Pattern.compile(
            "(?i)\\bdata[ -]?loss\\b|\\blost\\s+(?:all\\s+|the\\s+|our\\s+|of\\s+)*(?:data|rows|records|database|users|production|prod|tables?)\\b|\\bdata\\s+(?:was|were|got|is|has been)\\s+(?:lost|deleted|wiped|gone|truncated|dropped|destroyed)"
                    + "|\\b(?:accidental(?:ly)?|by mistake|mistakenly)\\b.{0,60}\\b(?:delet|dropp|truncat|wip|remov|reset|eras|empt)\\w*|\\b(?:delet|dropp|truncat|wip|remov|reset|eras|empt)\\w*\\b.{0,60}\\b(?:accidental(?:ly)?|by mistake|mistakenly)\\b"
                    + "|\\b(?:wiped|nuked|emptied|destroyed|truncated|dropped|reset)\\s+(?:out\\s+)?(?:all\\s+|the\\s+|our\\s+|entire\\s+|whole\\s+)*(?:production|prod|live|database|db|data|tables?|users)\\b"
                    + "|\\b(?:database|db|tables?|production|prod|rows|records|users)\\s+(?:was|were|got|is|are|has been|have been)\\s+(?:\\w+\\s+)?(?:wiped|emptied|truncated|dropped|deleted|reset|lost|gone)\\b"
                    + "|\\b(?:restor|recover)\\w*\\b.{0,40}\\b(?:lost|deleted|missing|wiped)\\s+(?:data|rows|records|users|tables?)\\b|\\bpost-?mortem\\b.{0,80}\\b(?:data|database|loss)\\b|\\bdeleted all\\s+(?:of\\s+)?(?:the\\s+|our\\s+)?(?:data|rows|users|records|production)\\b");
    private static final Pattern NAMES = Pattern.compile(
            "`([^`\\n]{2,120})`|\\b((?:[\\w.-]+/)*[\\w.-]+\\.(?:py|sh|sql|js|ts|mjs|cjs|rb|rake|go|php|exs?|java|kt|cs|ipynb))\\b");
    private static final int LONGEST_LINE = 1_000;
    private static final int NEAR = 6;

    private Confessions() {}

    /**
     * One line that speaks of a loss.
     *
     * @param line the line, from 1
     * @param text the line
     * @param names the scripts and commands that are named near it
     */
    public record Line(int line, String text, List<String> names) {}

    /**
     * {@return the lines of a text that speak of a loss}
     *
     * @param text the text
     * @param most how many at most
     */
    public static List<Line> in(String text, int most) {
        List<String> lines = text.lines().toList();
        List<Line> found = new ArrayList<>();
        for (int i = 0; i < lines.size() && found.size() < most; i++) {
            String line = lines.get(i);
            if (line.length() <= LONGEST_LINE
                    && mayTell(line)
                    && LOSS.matcher(line).find()) {
                found.add(new Line(
                        i + 1,
                        line,
                        names(lines.subList(Math.max(0, i - NEAR), Math.min(lines.size(), i + NEAR + 1)))));
            }
        }
        return found;
    }

    private static boolean mayTell(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return MARKS.stream().anyMatch(lower::contains);
    }

    private static List<String> names(List<String> near) {
        Set<String> names = new TreeSet<>();
        for (String line : near) {
            Matcher matcher = NAMES.matcher(line.length() <= LONGEST_LINE ? line : "");
            while (matcher.find() && names.size() < 20) {
                names.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            }
        }
        return List.copyOf(names);
    }
}

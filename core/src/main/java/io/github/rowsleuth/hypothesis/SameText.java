package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.sql.WhereShape;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the statements of a file again in what a log or the statistics saw. Literals and holes are alike. */
final class SameText {

    /** What is filled in: a redacted literal, a parameter of a driver or of a statement, a hole of a template. */
    private static final Pattern FILLED = Pattern.compile(
            "'\\?'|%\\([a-z_0-9]+\\)s|%[sdi]|\\$\\{[^}]*}|\\{[^}]*}|\\$\\d+|(?<!:):[a-z_][a-z_0-9]*|\\?");

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern AROUND = Pattern.compile(" ?([(),=<>;]) ?");

    private final Set<String> texts = new HashSet<>();
    private boolean filtered;
    private boolean several;

    /**
     * A statement of a file.
     *
     * @param statement the statement
     * @param normal its text, as it is compared
     */
    record Line(CodeStatement statement, String normal) {

        static Line of(CodeStatement statement) {
            return new Line(statement, SameText.normal(statement.text()));
        }
    }

    /** What was seen, as it is compared. */
    static Set<String> normal(Stream<Excerpt> seen) {
        return seen.map(SameText::normal).collect(Collectors.toSet());
    }

    /** Only statements whose text is the same are kept. */
    static SameText between(List<Line> code, Set<String> seen) {
        SameText same = new SameText();
        code.stream().filter(l -> seen.contains(l.normal())).forEach(l -> same.add(l.statement(), l.normal()));
        return same;
    }

    private void add(CodeStatement statement, String text) {
        texts.add(text);
        filtered |= statement.statement().where() == WhereShape.FILTERED;
        several |= statement.statement().objects().size() > 1;
    }

    /** How many different statements are the same on both sides. */
    int count() {
        return texts.size();
    }

    /** Whether two people would hardly write the same: a bare statement on one table anybody writes alike. */
    boolean distinctive() {
        return texts.size() > 1 || filtered || several;
    }

    private static String normal(Excerpt statement) {
        String text = statement.text().toLowerCase(Locale.ROOT).replace("\"", "");
        String filled = FILLED.matcher(text).replaceAll("?");
        String spaced = AROUND.matcher(SPACE.matcher(filled).replaceAll(" ")).replaceAll("$1");
        return spaced.endsWith(";") ? spaced.substring(0, spaced.length() - 1).strip() : spaced.strip();
    }
}

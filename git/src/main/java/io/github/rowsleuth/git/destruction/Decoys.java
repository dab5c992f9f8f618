package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Literal;
import io.github.rowsleuth.git.code.Program;
import io.github.rowsleuth.git.code.Remark;
import io.github.rowsleuth.probe.Acquittal.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what looks destructive and is not, so that it can be said. */
final class Decoys {

    private static final Pattern STATEMENT = Pattern.compile(
            "(?i)\\bdelete\\s+from\\s+\\w|\\btruncate\\s+(?:table\\s+)?[a-z_]\\w*\\s*(?:;|,|cascade|restart|$)|\\bdrop\\s+(?:table|schema|database|owned|column|type)\\s+\\w");
    private static final Pattern AMPLIFIER = Pattern.compile(
            "(?i)\\bon\\s+delete\\s+cascade|on_?delete\\s*[=:]\\s*(?:models\\.)?[\"':]?cascade|cascade\\s*=\\s*[\"'][^\"'\\n]{0,40}delete|dependent:\\s*:(?:destroy|delete_all)|cascadeOnDelete|CascadeType\\.(?:ALL|REMOVE)|orphanRemoval\\s*=\\s*true|DeleteBehavior\\.Cascade|onDelete\\(\\s*['\"]cascade|on_delete:\\s*:(?:delete_all|cascade)");
    private static final Pattern SQL_COMMENT = Pattern.compile("--[^\\n]*|/\\*(?:[^*]|\\*(?!/)){0,20000}\\*/");
    private static final Pattern TEMPORARY = Pattern.compile(
            "(?i)\\bcreate\\s+(?:local\\s+|global\\s+)?temp(?:orary)?\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?(?:pg_temp\\.)?\"?(\\w+)");
    private static final int MOST = 2_000;
    private static final int SHORTEST = 9;

    private Decoys() {}

    /** Whether the stretch of a text can hold a statement at all. */
    private static boolean possible(String text, int from, int to) {
        for (int i = from; i <= to - SHORTEST; i++) {
            char c = text.charAt(i);
            boolean first = c == 'd' || c == 'D' || c == 't' || c == 'T';
            if (first
                    && (text.regionMatches(true, i, "delete", 0, 6)
                            || text.regionMatches(true, i, "drop ", 0, 5)
                            || text.regionMatches(true, i, "truncate", 0, 8))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(String text) {
        return possible(text, 0, text.length()) && STATEMENT.matcher(text).find();
    }

    static List<Decoy> inComments(Program program) {
        List<Decoy> found = new ArrayList<>();
        for (Remark remark : program.remarks()) {
            int end = Math.min(remark.end(), program.source().length());
            if (found.size() < MOST
                    && possible(program.source(), remark.start(), end)
                    && holds(program.source().substring(remark.start(), end))) {
                found.add(new Decoy(remark.line(), Reason.COMMENT));
            }
        }
        return found;
    }

    static List<Decoy> inComments(String sql) {
        List<Decoy> found = new ArrayList<>();
        if (!sql.contains("--") && !sql.contains("/*")) {
            return found;
        }
        Matcher comments = SQL_COMMENT.matcher(sql);
        Lines lines = new Lines(sql);
        while (comments.find() && found.size() < MOST) {
            if (holds(comments.group())) {
                found.add(new Decoy(lines.of(comments.start()), Reason.COMMENT));
            }
        }
        return found;
    }

    static List<Decoy> documentation(Program program) {
        List<Decoy> found = new ArrayList<>();
        for (Literal literal : program.literals()) {
            if (literal.bare() && found.size() < MOST && holds(literal.text().toString())) {
                found.add(new Decoy(literal.line(), Reason.DOCUMENTATION));
            }
        }
        return found;
    }

    /** Strings that hold a statement behind something else, as an injection does. */
    static List<Decoy> payloads(Program program) {
        List<Decoy> found = new ArrayList<>();
        for (Literal literal : program.literals()) {
            String text = literal.text().toString();
            Matcher statement = STATEMENT.matcher(text);
            if (!literal.bare() && found.size() < MOST && holds(text) && statement.find() && statement.start() > 0) {
                found.add(new Decoy(literal.line(), Reason.PAYLOAD));
            }
        }
        return found;
    }

    static List<Decoy> amplifiers(String text) {
        List<Decoy> found = new ArrayList<>();
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.contains("cascade") && !lower.contains("dependent:") && !lower.contains("orphan")) {
            return found;
        }
        Matcher matcher = AMPLIFIER.matcher(text);
        Lines lines = new Lines(text);
        while (matcher.find() && found.size() < MOST) {
            found.add(new Decoy(lines.of(matcher.start()), Reason.AMPLIFIER));
        }
        return found;
    }

    /** The temporary tables that a text makes, by name. */
    static Set<String> temporary(String text) {
        Set<String> names = new HashSet<>();
        if (text.contains("temp") || text.contains("TEMP") || text.contains("Temp")) {
            Matcher matcher = TEMPORARY.matcher(text);
            while (matcher.find()) {
                names.add(matcher.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}

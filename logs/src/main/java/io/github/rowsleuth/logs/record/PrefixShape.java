package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.time.StampReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a prefix together from what stands before the severity of one line. */
final class PrefixShape {

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("user", "%u"),
            Map.entry("usr", "%u"),
            Map.entry("u", "%u"),
            Map.entry("db", "%d"),
            Map.entry("database", "%d"),
            Map.entry("d", "%d"),
            Map.entry("app", "%a"),
            Map.entry("application", "%a"),
            Map.entry("a", "%a"),
            Map.entry("client", "%h"),
            Map.entry("host", "%h"),
            Map.entry("h", "%h"),
            Map.entry("remote", "%r"),
            Map.entry("r", "%r"),
            Map.entry("pid", "%p"),
            Map.entry("p", "%p"),
            Map.entry("session", "%c"),
            Map.entry("sess", "%c"),
            Map.entry("c", "%c"),
            Map.entry("line", "%l"),
            Map.entry("l", "%l"),
            Map.entry("xid", "%x"),
            Map.entry("txid", "%x"),
            Map.entry("xact", "%x"),
            Map.entry("x", "%x"),
            Map.entry("vxid", "%v"),
            Map.entry("vx", "%v"),
            Map.entry("v", "%v"),
            Map.entry("sqlstate", "%e"),
            Map.entry("state", "%e"),
            Map.entry("e", "%e"),
            Map.entry("q", "%Q"),
            Map.entry("queryid", "%Q"),
            Map.entry("i", "%i"),
            Map.entry("b", "%b"));

    private static final Pattern EPOCH = Pattern.compile("\\d{10}\\.\\d{3}");
    private static final Pattern SESSION = Pattern.compile("[0-9a-f]{6,}\\.[0-9a-f]+");
    private static final Pattern VIRTUAL = Pattern.compile("\\d+/\\d+");
    private static final Pattern KEY = Pattern.compile("([A-Za-z]+)=");
    private static final Pattern NAMES =
            Pattern.compile("([^\\s@:,|\\[\\]]+)@([^\\s@:,|\\[\\]]+)|\\[unknown]@\\[unknown]");
    private static final Pattern REMOTE =
            Pattern.compile("\\[local]|(?:::)?[0-9A-Fa-f][0-9A-Fa-f.:]*\\(\\d+\\)|[\\w.-]+\\(\\d+\\)");
    private static final Pattern BRACKETED = Pattern.compile("\\[([A-Za-z][A-Za-z ]*)]");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][^\\s:,|\\[\\]()<>=]*");

    private final String text;
    private final StringBuilder shape = new StringBuilder();
    private boolean timed;
    private boolean process;
    private int at;

    private PrefixShape(String text) {
        this.text = text;
    }

    /** {@return the prefix that a line seems to have} */
    static String of(byte[] line, int severity) {
        PrefixShape reader = new PrefixShape(new String(line, 0, severity, StandardCharsets.ISO_8859_1));
        while (reader.at < reader.text.length()) {
            reader.next();
        }
        return reader.shape.toString();
    }

    private void next() {
        if (stamp() || take(EPOCH, "%n") || take(SESSION, "%c") || key()) {
            return;
        }
        if (take(NAMES, "%u@%d") || take(REMOTE, "%r") || take(BRACKETED, "[%b]")) {
            return;
        }
        if (take(VIRTUAL, "%v") || number()) {
            return;
        }
        if (!take(WORD, "%i")) { // whatever it is, it is not used
            char c = text.charAt(at++);
            shape.append(c == '%' ? "%%" : c);
        }
    }

    private boolean stamp() {
        byte[] rest = text.substring(at).getBytes(StandardCharsets.ISO_8859_1);
        int end = StampReader.end(rest, 0, rest.length);
        if (end < 0) {
            return false;
        }
        boolean fraction = rest[19] == '.';
        shape.append(timed ? (fraction ? "%m" : "%s") : fraction ? "%m" : "%t");
        timed = true;
        at += end;
        return true;
    }

    private boolean take(Pattern pattern, String escape) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        shape.append(escape);
        at = matcher.end();
        return true;
    }

    private boolean number() {
        Matcher matcher = NUMBER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt() || (matcher.end() < text.length() && Character.isLetter(text.charAt(matcher.end())))) {
            return false;
        }
        boolean counts = shape.toString().endsWith("%c-") || text.startsWith("-1]", matcher.end());
        String escape = counts ? "%l" : process ? "%x" : "%p";
        process |= escape.equals("%p");
        shape.append(escape);
        at = matcher.end();
        return true;
    }

    /** {@code key=value}: the value goes up to the next key, a bracket or the end. */
    private boolean key() {
        Matcher matcher = KEY.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        String name = matcher.group(1);
        String escape = name.equals("P") ? "%P" : KEYS.getOrDefault(name.toLowerCase(Locale.ROOT), "%i");
        process |= escape.equals("%p");
        shape.append(matcher.group()).append(escape);
        Matcher next = KEY.matcher(text);
        int end = next.find(matcher.end()) ? next.start() : text.length();
        int bracket = text.indexOf(']', matcher.end());
        boolean bracketed = text.startsWith("[", matcher.end());
        if (!bracketed && bracket >= 0 && bracket < end) {
            end = bracket;
        }
        while (end > matcher.end() && " ,|-:".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        at = end;
        return true;
    }
}

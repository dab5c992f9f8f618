package io.github.rowsleuth.git.automation.code;

import io.github.rowsleuth.git.automation.code.CodeFile.Value;
import io.github.rowsleuth.git.automation.code.CodeToken.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What expressions are worth, as far as they are put together from literals, names and the usual ways to build a path. */
final class Expressions {

    private static final int MAX_DEPTH = 12;
    private static final int MAX_ITEMS = 200;
    private static final int MAX_TEXT = 4_000;
    private static final Set<String> JOINS =
            Set.of("join", "resolve", "path", "joinpath", "url", "purepath", "posixpath");
    private static final Set<String> PASSES = Set.of(
            "str",
            "string",
            "fspath",
            "abspath",
            "normpath",
            "realpath",
            "fileurltopath",
            "text",
            "list",
            "tuple",
            "of",
            "aslist",
            "shlex",
            "split",
            "expanduser",
            "as_posix",
            "f");

    private final List<CodeToken> tokens;
    private final int[] matches;
    private final Map<String, Value> constants = new HashMap<>();

    Expressions(List<CodeToken> tokens, int[] matches) {
        this.tokens = tokens;
        this.matches = matches;
    }

    Map<String, Value> constants() {
        return constants;
    }

    /** Keeps the value of a name, unless it has another one already. */
    void define(String name, Value value) {
        boolean says = value.words().stream().anyMatch(w -> !w.isEmpty() && !w.startsWith("${"));
        if (says && !constants.containsKey(name) && constants.size() < 2_000) {
            constants.put(name, value);
        }
    }

    /** The value of the tokens from one to before the other. */
    Value value(int from, int to) {
        return value(from, to, 0);
    }

    private Value value(int first, int end, int depth) {
        int from = first;
        int to = end;
        while (from < to && blank(from)) {
            from++;
        }
        while (to > from && blank(to - 1)) {
            to--;
        }
        if (from >= to || depth > MAX_DEPTH) {
            return new Value(List.of(), false);
        }
        CodeToken token = tokens.get(from);
        boolean whole = (token.is('[') || token.is('(') || token.is('{')) && matches[from] == to - 1;
        if (whole && !(token.is('(') && items(from + 1, to - 1).size() == 1)) {
            return list(from + 1, to - 1, depth);
        }
        if (token.kind() == Kind.NAME && to == from + 1 && !token.text().startsWith("__")) {
            return named(token.text());
        }
        return new Value(List.of(text(from, to, depth)), false);
    }

    private boolean blank(int at) {
        CodeToken token = tokens.get(at);
        return token.kind() == Kind.LINE_END || token.isName("await") || token.isName("new") || token.isName("return");
    }

    private Value named(String name) {
        Value known = constants.get(name);
        return known != null ? known : new Value(List.of("${" + name + "}"), false);
    }

    private Value list(int from, int to, int depth) {
        List<String> words = new ArrayList<>();
        for (int[] item : items(from, to)) {
            int start = item[0];
            boolean spread = start < item[1] && tokens.get(start).is('*');
            while (start < item[1]
                    && (tokens.get(start).is('*') || tokens.get(start).is('.') || blank(start))) {
                spread |= tokens.get(start).is('.');
                start++;
            }
            Value value = value(start, item[1], depth + 1);
            if (words.size() < MAX_ITEMS && (spread || !value.list())) {
                words.addAll(value.words());
            }
        }
        return new Value(words, true);
    }

    /** The places between commas. */
    List<int[]> items(int from, int to) {
        List<int[]> items = new ArrayList<>();
        int start = from;
        for (int i = from; i < to; i++) {
            CodeToken token = tokens.get(i);
            if (matches[i] > i) {
                i = Math.min(matches[i], to - 1);
            } else if (token.is(',')) {
                items.add(new int[] {start, i});
                start = i + 1;
            }
        }
        for (int i = start; i < to; i++) {
            if (tokens.get(i).kind() != Kind.LINE_END) {
                items.add(new int[] {start, to});
                break;
            }
        }
        return items;
    }

    private String text(int from, int to, int depth) {
        Optional<String> own = joins(from, to) ? Optional.empty() : ownFolder(from, to);
        StringBuilder text = new StringBuilder();
        int at = from;
        if (own.isPresent()) {
            text.append(own.get());
            at = afterOwnFolder(from, to);
        }
        while (at < to && text.length() < MAX_TEXT) {
            CodeToken token = tokens.get(at);
            if (token.kind() == Kind.STRING) {
                text.append(filled(token.text()));
                at++;
            } else if (token.kind() == Kind.NAME) {
                at = name(at, to, text, depth);
            } else if (token.is('/') && at + 1 < to) {
                text.append('/');
                at++;
            } else if (token.is('(') && matches[at] > at && matches[at] < to) {
                text.append(value(at + 1, matches[at], depth + 1).text());
                at = matches[at] + 1;
            } else if (token.is('%') || token.is('?') || token.is(';')) {
                break;
            } else {
                at = matches[at] > at && matches[at] < to ? matches[at] + 1 : at + 1;
            }
        }
        return text.toString();
    }

    /** Whether the tokens begin with a call that puts a path together from several parts. */
    private boolean joins(int from, int to) {
        int bracket = from;
        while (bracket < to
                && (tokens.get(bracket).kind() == Kind.NAME
                        || tokens.get(bracket).is('.'))) {
            bracket++;
        }
        return bracket < to
                && bracket > from
                && tokens.get(bracket).is('(')
                && matches[bracket] > bracket
                && JOINS.contains(tokens.get(bracket - 1).text().toLowerCase(Locale.ROOT))
                && items(bracket + 1, matches[bracket]).size() > 1;
    }

    /** A literal with its holes filled where the names in them are known. */
    private String filled(String literal) {
        int hole = literal.indexOf("${");
        if (hole < 0 || constants.isEmpty()) {
            return literal;
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (hole >= 0) {
            int end = literal.indexOf('}', hole);
            Value known = end < 0 ? null : constants.get(literal.substring(hole + 2, end));
            if (end < 0 || text.length() > MAX_TEXT) {
                break;
            }
            text.append(literal, at, hole).append(known == null ? literal.substring(hole, end + 1) : known.text());
            at = end + 1;
            hole = literal.indexOf("${", at);
        }
        return text.append(literal.substring(at)).toString();
    }

    /** A name with its parts and calls; gives the place after it. */
    private int name(int start, int to, StringBuilder into, int depth) {
        int at = start;
        String last = "";
        StringBuilder chain = new StringBuilder();
        while (at < to) {
            CodeToken token = tokens.get(at);
            if (token.kind() == Kind.NAME) {
                last = token.text();
                chain.append(last);
            } else if (token.is('.')) {
                chain.append('.');
            } else {
                break;
            }
            at++;
        }
        if (at < to && tokens.get(at).is('(') && matches[at] > at && matches[at] < to) {
            String called = last.toLowerCase(Locale.ROOT);
            if (JOINS.contains(called)) {
                into.append(receiver(chain.toString(), last)).append(joined(at + 1, matches[at], depth));
            } else if (PASSES.contains(called)) {
                into.append(value(at + 1, matches[at], depth + 1).text());
            } else {
                into.append("${").append(last).append('}');
            }
            return matches[at] + 1;
        }
        String name = chain.toString();
        Value known = constants.getOrDefault(name, constants.get(last));
        into.append(known != null ? known.text() : "${" + name + "}");
        return at;
    }

    /** For {@code BASE.joinpath("x")}: what is joined to. */
    private String receiver(String chain, String method) {
        if (!method.equals("joinpath")) {
            return "";
        }
        Value known = constants.get(chain.substring(0, Math.max(0, chain.length() - method.length() - 1)));
        return (known == null ? "${" + chain + "}" : known.text()) + "/";
    }

    private String joined(int from, int to, int depth) {
        StringBuilder path = new StringBuilder();
        for (int[] item : items(from, to)) {
            String part = ownFolder(item[0], item[1]).isPresent() && path.length() > 0
                    ? "" // new URL('./x.js', import.meta.url): the folder comes last
                    : value(item[0], item[1], depth + 1).text();
            if (!part.isEmpty()) {
                path.append(path.length() > 0 && !path.toString().endsWith("/") ? "/" : "")
                        .append(part);
            }
        }
        return path.toString();
    }

    /** The folder of the file itself, where the tokens begin with one of the ways to ask for it. */
    private Optional<String> ownFolder(int from, int to) {
        int ups = 0;
        boolean asks = false;
        for (int i = from; i < to && i < from + 60; i++) {
            CodeToken token = tokens.get(i);
            if (token.kind() == Kind.NAME) {
                switch (token.text()) {
                    case "__file__", "__FILE__" -> asks = true;
                    case "__dirname", "__DIR__" -> {
                        asks = true;
                        ups++;
                    }
                    case "parent", "dirname" -> ups++;
                    case "parents" -> ups += number(i + 2) + 1;
                    case "meta" -> {
                        asks |= i >= 2 && tokens.get(i - 2).isName("import");
                        ups += i >= 2 && tokens.get(i - 2).isName("import") ? 1 : 0;
                    }
                    default -> {}
                }
            } else if (asks && (token.is(',') || token.is('+') || (token.is('/') && ups > 0))) {
                break;
            } else if (!asks && (token.kind() == Kind.STRING || token.is(','))) {
                return Optional.empty();
            }
        }
        if (!asks) {
            return Optional.empty();
        }
        String folder = CodeFile.HERE;
        for (int i = 1; i < ups; i++) {
            folder += "/..";
        }
        return Optional.of(folder);
    }

    private int number(int at) {
        String text = at < tokens.size() ? tokens.get(at).text() : "";
        return text.length() == 1 && Character.isDigit(text.charAt(0)) ? text.charAt(0) - '0' : 0;
    }

    /** Where the way to ask for the folder ends: at the first join, comma or literal after it. */
    private int afterOwnFolder(int from, int to) {
        boolean asked = false;
        for (int i = from; i < to; i++) {
            CodeToken token = tokens.get(i);
            asked |= token.kind() == Kind.NAME
                    && Set.of("__file__", "__FILE__", "__dirname", "__DIR__", "meta")
                            .contains(token.text());
            if (asked && (token.is('/') || token.is(',') || token.is('+') || token.kind() == Kind.STRING)) {
                return token.is(',') ? i + 1 : i;
            }
        }
        return to;
    }
}

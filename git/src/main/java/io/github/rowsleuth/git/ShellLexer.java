package io.github.rowsleuth.git;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the quoted strings and here-documents of shell scripts. What a command is given is an argument of a call of
 * that command; a line that pipes into {@code psql} counts as a call of {@code psql}.
 */
final class ShellLexer {

    private static final Pattern HEREDOC = Pattern.compile("<<-?[ \\t]*(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\\1");
    private static final Pattern CLIENT = Pattern.compile("(^|[\\s/(`|])(psql|pgcli|usql)(\\s|$)");
    private static final Pattern WRITES = Pattern.compile("^\\s*(cat|echo|printf|tee)\\b");

    private static final int MAX_HEAD = 2_000;
    private static final int MAX_TAIL = 200;

    private final String source;
    private final List<Literal> literals = new ArrayList<>();
    private final Deque<String> awaited = new ArrayDeque<>();
    private int at;
    private int line = 1;
    private int commandStart;
    private int headStart = -1;
    private String headCall = "command";

    private ShellLexer(String source) {
        this.source = source;
    }

    static Program read(String source) {
        return new ShellLexer(source).run();
    }

    private Program run() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\n') {
                newline();
            } else if (c == '\\') {
                line += peek(1) == '\n' ? 1 : 0;
                at += 2;
            } else if (c == '#' && (at == 0 || Character.isWhitespace(source.charAt(at - 1)))) {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end;
            } else if (c == '"' || c == '\'') {
                quoted(c);
            } else {
                other(c);
            }
        }
        return new Program(literals, List.of(), Map.of(), Map.of());
    }

    private void other(char c) {
        if (c == '<' && peek(1) == '<' && peek(2) != '<') {
            Matcher opener = HEREDOC.matcher(source).region(at, Math.min(source.length(), at + 80));
            if (opener.lookingAt()) {
                awaited.add(opener.group(2));
                at = opener.end();
                return;
            }
        }
        if (c == ';') {
            commandStart = at + 1;
        }
        at++;
    }

    private void newline() {
        at++;
        line++;
        while (!awaited.isEmpty()) {
            body(awaited.pop());
        }
        commandStart = at;
    }

    private void body(String delimiter) {
        CodeText text = new CodeText();
        String command = call();
        while (at < source.length()) {
            int end = source.indexOf('\n', at);
            String body = source.substring(at, end < 0 ? source.length() : end);
            at = end < 0 ? source.length() : end + 1;
            if (body.strip().equals(delimiter)) {
                line++;
                break;
            }
            text.append(body + "\n", line++);
        }
        literals.add(new Literal(text, List.of(command), "", ""));
    }

    private void quoted(char quote) {
        CodeText text = new CodeText();
        at++;
        while (at < source.length() && source.charAt(at) != quote) {
            char c = source.charAt(at);
            if (c == '\\' && quote == '"' && at + 1 < source.length()) {
                at++;
                c = source.charAt(at);
            }
            text.append(c, line);
            line += c == '\n' ? 1 : 0;
            at++;
        }
        at++;
        literals.add(new Literal(text, List.of(call()), "", ""));
    }

    /** The command of the line: the client that reads it, else the one that writes, else nothing of note. */
    private String call() {
        if (headStart != commandStart) {
            headStart = commandStart;
            String head = restOfLine(commandStart, MAX_HEAD);
            headCall =
                    CLIENT.matcher(head).find() ? "psql" : WRITES.matcher(head).find() ? "write" : "command";
        }
        boolean piped = CLIENT.matcher(restOfLine(Math.min(at, source.length()), MAX_TAIL))
                .find();
        return piped ? "psql" : headCall;
    }

    private String restOfLine(int from, int most) {
        int limit = Math.min(source.length(), from + most);
        int end = from;
        while (end < limit && source.charAt(end) != '\n') {
            end++;
        }
        return source.substring(from, end);
    }

    private char peek(int ahead) {
        int i = at + ahead;
        return i < source.length() ? source.charAt(i) : 0;
    }
}

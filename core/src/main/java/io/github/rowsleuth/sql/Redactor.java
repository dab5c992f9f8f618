package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;
import java.util.List;
import java.util.Set;

/** Writes a text again without its values. */
final class Redactor {

    private static final String VALUE = "?";

    /** Bodies in any other language are values: what looks like a name there can be a string. */
    private static final Set<String> READABLE = Set.of("sql", "plpgsql");

    private static final Set<String> BEFORE_DO = Set.of("begin", "then", "else", "loop");

    private final Source source;
    private final int depth;
    private final List<Token> tokens;
    private final StringBuilder out = new StringBuilder();
    /** Whether the statement at hand creates a routine whose body can be read. */
    private boolean routine;

    Redactor(Source source, int depth) {
        this.source = source;
        this.depth = depth;
        this.tokens = new Lexer(source, depth == 0).all();
    }

    String redact() {
        int end = source.from();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (startsStatement(i)) {
                routine = createsReadableRoutine(i);
            }
            if (token.start() > end && !out.isEmpty()) {
                out.append(' ');
            }
            out.append(written(token, i));
            end = token.end();
        }
        return out.toString();
    }

    private String written(Token token, int i) {
        return switch (token.kind()) {
            case STRING -> body(i) ? rewrittenBody(token) : VALUE;
            case NUMBER -> VALUE;
            case HOLE -> hole(token.text());
            case META -> meta(token);
            default -> source.text().substring(token.start(), token.end());
        };
    }

    /** The name of a variable stays; an expression can hold values. */
    private static String hole(String text) {
        int open = 0;
        while (open < text.length() && text.charAt(open) != '{' && text.charAt(open) != '(') {
            open++;
        }
        if (open == text.length() || text.charAt(0) == '%' || oneName(text, open)) {
            return text;
        }
        return text.substring(0, open + 1) + VALUE + text.charAt(text.length() - 1);
    }

    private static boolean oneName(String text, int open) {
        int from = open;
        while (from < text.length() && "{( ".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        int to = text.length();
        while (to > from && "}) ".indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        boolean name = Chars.letter(Chars.at(text, from, to));
        for (int i = from; i < to; i++) {
            name &= Chars.letterOrDigit(text.charAt(i)) || text.charAt(i) == '.';
        }
        return name;
    }

    /** The arguments can be a password, a path or a whole statement. */
    private static String meta(Token token) {
        String command = '\\' + token.text();
        return token.end() - token.start() > command.length() ? command + ' ' + VALUE : command;
    }

    private String rewrittenBody(Token token) {
        if (depth == Scan.DEEPEST) {
            return VALUE;
        }
        String body = new Redactor(LiteralDecoder.string(source, token), depth + 1).redact();
        String text = source.text();
        if (text.charAt(token.start()) == '$') {
            String tag = text.substring(token.start(), Quotes.tagEnd(text, token.start(), token.end()));
            return tag + ' ' + body + ' ' + tag;
        }
        return '\'' + body.replace("'", "''") + '\'';
    }

    private boolean body(int i) {
        Token before = at(i - 1);
        if (routine && before.word("as")) {
            return true;
        }
        boolean language = at(i - 2).word("language");
        int start = language ? i - 3 : i - 1;
        boolean block = at(start).word("do")
                && (startsStatement(start) || BEFORE_DO.contains(at(start - 1).text()));
        boolean named = at(i + 1).word("language");
        return block && (!language || readable(i - 1)) && (!named || readable(i + 2));
    }

    private boolean startsStatement(int i) {
        return i == 0 || at(i - 1).is(Kind.META) || at(i - 1).symbol(";");
    }

    private boolean createsReadableRoutine(int start) {
        Token created = Statements.created(tokens, start);
        if (!created.word("function") && !created.word("procedure")) {
            return false;
        }
        for (int i = start;
                i < tokens.size()
                        && !tokens.get(i).symbol(";")
                        && !tokens.get(i).is(Kind.META);
                i++) {
            if (tokens.get(i).word("language")) {
                return readable(i + 1);
            }
        }
        return true;
    }

    private boolean readable(int language) {
        Token token = at(language);
        if (token.is(Kind.STRING)) {
            Source value = LiteralDecoder.string(source, token);
            return READABLE.contains(Chars.fold(value.text(), value.from(), value.to()));
        }
        return READABLE.contains(token.text());
    }

    private Token at(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : new Token(Kind.END, 0, 0, "");
    }
}

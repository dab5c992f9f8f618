package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.probe.Guard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a condition of any of the languages, and tells what it is worth where nobody set or typed anything. */
final class Condition {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<string>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')|(?<op>===|!==|==|!=|=~|!~|&&|\\|\\||\\?\\?|<=|>=|[!<>=]|\\bis\\s+not\\b|\\bnot\\s+in\\b"
                    + "|\\b(?:and|or|not|in|is)\\b|(?<=\\s)-(?:eq|ne|n|z|f|d|e)\\b)|(?<open>\\[\\[|\\]\\]|[()])|(?<other>.))");
    private static final Set<String> OR = Set.of("or", "||", "??");
    private static final Set<String> AND = Set.of("and", "&&");
    private static final int LONGEST = 400;
    private static final int DEEPEST = 30;

    private final List<String> tokens = new ArrayList<>();
    private final Function<String, Value> world;
    private int at;
    private int depth;

    private Condition(String text, Function<String, Value> world) {
        this.world = world;
        cut(text.length() <= LONGEST ? text : text.substring(0, LONGEST));
    }

    static Value value(String text, Function<String, Value> world) {
        Condition condition = new Condition(text.strip().replaceAll("^(?:test\\s+|\\[\\s)|\\s]$", ""), world);
        return condition.or();
    }

    /** Cuts the text into strings, operators, parentheses, and operands with all the brackets that belong to them. */
    private void cut(String text) {
        int i = 0;
        while (i < text.length()) {
            Matcher matcher = TOKEN.matcher(text).region(i, text.length()).useTransparentBounds(true);
            if (!matcher.lookingAt()) {
                return;
            }
            if (matcher.group("other") == null) {
                String token = matcher.group().strip();
                boolean brackets = token.equals("[[") || token.equals("]]");
                if (!brackets) {
                    tokens.add(token);
                }
                i = matcher.end();
                int operand = token.startsWith("\"") || token.startsWith("'") ? operandEnd(text, i) : i;
                if (operand > i && text.charAt(i) == '.') {
                    tokens.set(tokens.size() - 1, token + text.substring(i, operand));
                    i = operand;
                }
            } else {
                int start = matcher.start("other");
                int end = operandEnd(text, start);
                String operand = text.substring(start, end).strip();
                if (!operand.isEmpty()) {
                    tokens.add(operand);
                }
                i = Math.max(end, start + 1);
            }
        }
    }

    private static int operandEnd(String text, int from) {
        int depth = 0;
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (depth > 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                if (--depth < 0) {
                    return i;
                }
            } else if (depth == 0
                    && (Character.isWhitespace(c) || "=!<>&|,;\"'".indexOf(c) >= 0)
                    && !(c == '!' && mark(text, i))) {
                return i;
            }
        }
        return text.length();
    }

    /** The mark that ends the name of a function in Ruby, or says that a value is not null. */
    private static boolean mark(String text, int i) {
        boolean name = i > 0 && Character.isLetterOrDigit(text.charAt(i - 1));
        return name && (i + 1 >= text.length() || text.charAt(i + 1) != '=');
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private Value or() {
        Value left = and();
        while (OR.contains(peek())) {
            at++;
            Value right = and();
            left = left.stops() || left.holds()
                    ? left
                    : !left.known() ? maybe(left, right, true) : right.as(either(left, right));
        }
        return left;
    }

    private Value and() {
        Value left = not();
        while (AND.contains(peek())) {
            at++;
            Value right = not();
            left = left.stops() || (left.known() && !left.holds())
                    ? left
                    : !left.known() ? maybe(left, right, false) : right.as(either(left, right));
        }
        return left;
    }

    /** With one side unknown, the other decides only where it is enough by itself. */
    private static Value maybe(Value unknown, Value other, boolean or) {
        boolean decides = other.stops() || (other.known() && other.holds() == or);
        return decides ? other : unknown;
    }

    private static Optional<Guard.Kind> either(Value left, Value right) {
        return right.guard().isPresent() ? right.guard() : left.guard();
    }

    private Value not() {
        if (peek().equals("not") || peek().equals("!")) {
            at++;
            return ++depth > DEEPEST ? Value.UNKNOWN : not().not();
        }
        return comparison();
    }

    private Value comparison() {
        if (peek().equals("-z") || peek().equals("-n")) {
            boolean empty = tokens.get(at++).equals("-z");
            Value value = operand();
            return value.known() ? Value.of(value.text().isEmpty() == empty).as(value.guard()) : value;
        }
        if (peek().startsWith("-") && peek().length() == 2) {
            at++;
            operand();
            return Value.UNKNOWN;
        }
        Value left = operand();
        String operator = peek();
        boolean equal = Set.of("==", "===", "=", "is", "-eq", "=~").contains(operator);
        boolean unequal = Set.of("!=", "!==", "is not", "-ne", "!~").contains(operator.replaceAll("\\s+", " "));
        boolean in = operator.equals("in") || operator.replaceAll("\\s+", " ").equals("not in");
        if (!equal && !unequal && !in) {
            if (operator.equals("<") || operator.equals(">") || operator.equals("<=") || operator.equals(">=")) {
                at++;
                operand();
                return Value.UNKNOWN;
            }
            return left;
        }
        at++;
        String right = peek();
        boolean regex = operator.equals("=~") || operator.equals("!~");
        Value other = regex || in ? Value.of(unquoted(right)) : operand();
        at += regex || in ? 1 : 0;
        if (in) {
            return within(left, right, operator.startsWith("not"));
        }
        if (left.stops() || other.stops()) {
            return Value.STOPS;
        }
        if (!left.known() || !other.known()) {
            return Value.UNKNOWN;
        }
        boolean same = regex
                ? left.text().matches(".*(?:" + safe(right) + ").*")
                : left.text().equals(other.text());
        return Value.of(same == equal).as(either(other, left));
    }

    /** An expression is only tried where it is plain; an answer that was not given matches none. */
    private static String safe(String regex) {
        return regex.matches("[\\w^$\\[\\]|()/]{1,60}")
                ? regex.replace("/", "").toLowerCase(java.util.Locale.ROOT)
                : "\u0001";
    }

    private Value within(Value left, String list, boolean negated) {
        Value container = world.apply(list);
        if (left.stops() || container.stops()) {
            return Value.STOPS;
        }
        boolean literals = list.startsWith("[") || list.startsWith("(") || list.startsWith("{");
        if (literals && left.known()) {
            boolean inside = elements(list).contains(left.text());
            return Value.of(inside != negated).as(left.guard());
        }
        if (left.known() && container.known()) {
            return Value.of(container.text().contains(left.text()) != negated).as(either(left, container));
        }
        return Value.UNKNOWN;
    }

    static List<String> elements(String list) {
        List<String> found = new ArrayList<>();
        Matcher strings = Pattern.compile("[\"']([^\"']*)[\"']").matcher(list);
        while (strings.find()) {
            found.add(strings.group(1).toLowerCase(java.util.Locale.ROOT));
        }
        return found;
    }

    private Value operand() {
        String token = peek();
        at++;
        if (token.equals("(")) {
            if (++depth > DEEPEST) {
                return Value.UNKNOWN;
            }
            Value inner = or();
            at += peek().equals(")") ? 1 : 0;
            return inner;
        }
        boolean string = token.length() > 1 && (token.startsWith("\"") || token.startsWith("'"));
        boolean plain = string && token.indexOf(token.charAt(0), 1) == token.length() - 1 && token.indexOf('$') < 0;
        return plain
                ? Value.of(unquoted(token))
                : world.apply(string && token.indexOf('$') >= 0 ? unquoted(token) : token);
    }

    private static String unquoted(String token) {
        return token.length() > 1 && "\"'".indexOf(token.charAt(0)) >= 0
                ? token.substring(1, token.length() - 1)
                : token;
    }
}

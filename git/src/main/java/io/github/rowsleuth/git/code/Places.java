package io.github.rowsleuth.git.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in the places of a string that is formatted: {@code "DROP TABLE %s" % name}, {@code "{}".format(x)}. */
final class Places {

    private static final Pattern PLACE = Pattern.compile(
            "%(?:\\((\\w{1,60})\\))?(?:(\\d{1,2})\\$)?[-+ #0]{0,3}\\d{0,3}(?:\\.\\d{1,2})?[sdiIvqrLfx]|\\{(\\w{0,60})(?:[!:][^{}\\n]{0,20})?\\}");
    private static final int MOST = 50;

    private Places() {}

    /** The text with expressions in its places, each as a hole; places without an expression stay as they are. */
    static CodeText fill(CodeText text, List<Argument> arguments) {
        List<Argument> placed =
                arguments.stream().filter(a -> a.name().isEmpty()).toList();
        CodeText filled = new CodeText();
        Matcher places = PLACE.matcher(text.toString());
        int done = 0;
        int next = 0;
        while (places.find()) {
            Optional<Argument> argument;
            String name = places.group(1) != null ? places.group(1) : places.group(3);
            if (name != null && !name.isEmpty() && !Character.isDigit(name.charAt(0))) {
                argument = arguments.stream().filter(a -> a.name().equals(name)).findFirst();
            } else {
                String number = places.group(2) != null ? places.group(2) : name;
                boolean numbered = number != null && !number.isEmpty() && number.length() < 3;
                int at = numbered ? Integer.parseInt(number) - (places.group(2) != null ? 1 : 0) : next++;
                argument = at >= 0 && at < placed.size() ? Optional.of(placed.get(at)) : Optional.empty();
            }
            filled.append(text, done, places.start());
            done = places.end();
            int start = places.start();
            int end = done;
            argument.ifPresentOrElse(
                    a -> filled.append(shown(a), text.lineAt(start)), () -> filled.append(text, start, end));
        }
        filled.append(text, done, text.length());
        return filled;
    }

    private static String shown(Argument argument) {
        return argument.literal().orElse("{" + argument.source().replaceAll("[{}\\n]", " ") + "}");
    }

    /** The expressions of a tuple, a dictionary or a list, or the one that it is. */
    static List<Argument> split(String expressions) {
        String inner = expressions.strip();
        boolean several = inner.startsWith("(") || inner.startsWith("[");
        inner = several
                ? inner.substring(1, Math.max(1, inner.length() - (inner.endsWith(")") || inner.endsWith("]") ? 1 : 0)))
                : inner;
        List<Argument> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; several && i < inner.length() && parts.size() < MOST; i++) {
            char c = inner.charAt(i);
            depth += "([".indexOf(c) >= 0 ? 1 : ")]".indexOf(c) >= 0 ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(part(inner.substring(from, i)));
                from = i + 1;
            }
        }
        if (!inner.substring(from).isBlank()) {
            parts.add(part(inner.substring(from)));
        }
        return parts;
    }

    private static Argument part(String expression) {
        String text = expression.strip();
        boolean quoted = text.length() > 1
                && "\"'".indexOf(text.charAt(0)) >= 0
                && text.indexOf(text.charAt(0), 1) == text.length() - 1;
        return new Argument("", text, quoted ? List.of(text.substring(1, text.length() - 1)) : List.of());
    }
}

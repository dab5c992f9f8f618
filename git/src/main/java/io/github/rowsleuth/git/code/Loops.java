package io.github.rowsleuth.git.code;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what the variable of a loop runs over. */
final class Loops {

    private static final Pattern FOR = Pattern.compile(
            "^(?:async )?for(?:each)?\\b\\s*(?:await\\s*)?\\(?\\s*(?:const|let|var|final|val)?\\s*(?:[A-Z]\\w*\\s+|var\\s+)?\\(?\\s*(?:_\\s*,\\s*)?"
                    + "\\$?(\\w+)(?:\\s*,\\s*\\$?\\w+)*\\s*\\)?\\s*(?:in|of|:|:?=\\s*range)\\s+(.+)$",
            Pattern.DOTALL);
    private static final Pattern FOREACH =
            Pattern.compile("^foreach\\s*\\(\\s*(.+?)\\s+as\\s+(?:\\$\\w+\\s*=>\\s*)?\\$(\\w+)");
    private static final Pattern BLOCK = Pattern.compile("\\bdo\\s*\\|\\s*\\(?(\\w+)");
    private static final Pattern LAMBDA =
            Pattern.compile("(?:function\\s*\\(\\s*|^(?:async\\s*)?\\(?\\s*)(\\w+)[^)=]*\\)?\\s*(?:=>|->|\\)?$)");
    private static final Set<String> ITERATORS =
            Set.of("each", "forEach", "map", "for_each", "each_with_index", "flatMap", "find_each", "iter");
    private static final int LONGEST = 400;

    private Loops() {}

    static void read(String head, Frame frame, Optional<Chain> call, Names names) {
        if (head.length() > LONGEST) {
            return;
        }
        Matcher php = FOREACH.matcher(head);
        Matcher loop = FOR.matcher(head);
        if (php.find()) {
            names.alias(php.group(2), php.group(1));
        } else if (loop.find()) {
            over(loop.group(1), source(loop.group(2)), frame, names);
        } else if (call.filter(c -> ITERATORS.contains(c.name())).isPresent()) {
            Matcher block = BLOCK.matcher(head);
            Matcher lambda = LAMBDA.matcher(head);
            String path = call.get().path();
            int dot = path.lastIndexOf('.');
            String over = dot < 0 ? "" : path.substring(0, dot);
            if (block.find()) {
                over(block.group(1), over, frame, names);
            } else if (lambda.find()) {
                over(lambda.group(1), over, frame, names);
            }
        }
    }

    /** A list that stands in the head itself has no name; its strings are the values of the variable. */
    private static void over(String variable, String expression, Frame frame, Names names) {
        boolean inline = expression.isEmpty() || "[({".indexOf(expression.charAt(0)) >= 0;
        if (inline) {
            frame.list.forEach(value -> names.constant(variable, value));
        } else {
            names.alias(variable, expression);
        }
    }

    private static String source(String expression) {
        String text = expression.strip();
        boolean open = text.endsWith(")")
                && text.chars().filter(c -> c == ')').count()
                        > text.chars().filter(c -> c == '(').count();
        return open ? text.substring(0, text.length() - 1).strip() : text;
    }
}

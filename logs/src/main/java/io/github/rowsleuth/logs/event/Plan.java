package io.github.rowsleuth.logs.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plan of auto_explain, in its default format.
 *
 * @param sql the text of the query
 * @param nodes the nodes that remove rows
 */
record Plan(String sql, List<Node> nodes) {

    /**
     * A node that removes rows.
     *
     * @param merge whether it is a {@code MERGE}
     * @param table the table, with its schema where {@code auto_explain.log_verbose} shows it
     * @param rows the rows, with {@code auto_explain.log_analyze}
     */
    record Node(boolean merge, String table, Optional<Long> rows) {}

    private static final String QUERY = "Query Text: ";
    private static final Pattern MARK = Pattern.compile("duration: [\\d.]+ ms  plan:\\n");
    private static final Pattern ROOT = Pattern.compile("^[A-Z][A-Za-z -]*.*  \\((?:cost=|actual )", Pattern.MULTILINE);
    private static final Pattern REMOVES = Pattern.compile(
            "^(\\s*)(?:->\\s+)?(Delete|Merge) on (\\S+)[^\\n]*  \\((?:cost=|actual )[^\\n]*$", Pattern.MULTILINE);
    private static final Pattern ACTUAL = Pattern.compile("\\(actual [^)]*?rows=([\\d.]+) loops=(\\d+)\\)");
    private static final Pattern MERGED = Pattern.compile("Tuples: (?:[^\\n]*?)deleted=(\\d{1,18})(?!\\d)");

    /** {@return the plan, if the message is one that removes rows} */
    static Optional<Plan> of(String message) {
        Matcher mark = MARK.matcher(message);
        if (!mark.lookingAt()) {
            return Optional.empty();
        }
        int query = message.indexOf(QUERY, mark.end());
        Matcher root = ROOT.matcher(message);
        if (query != mark.end() || !root.find(query + QUERY.length())) {
            return Optional.empty();
        }
        String sql = message.substring(query + QUERY.length(), root.start());
        int parameters = sql.lastIndexOf("\nQuery Parameters: ");
        List<Node> nodes = nodes(message.substring(root.start()));
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plan((parameters < 0 ? sql : sql.substring(0, parameters)).strip(), nodes));
    }

    /** {@return whether the message is a plan at all} */
    static boolean is(String message) {
        return MARK.matcher(message).lookingAt();
    }

    private static List<Node> nodes(String plan) {
        List<Node> nodes = new ArrayList<>();
        Matcher removes = REMOVES.matcher(plan);
        while (removes.find()) {
            boolean merge = removes.group(2).equals("Merge");
            Optional<Long> rows = merge ? merged(plan, removes.end()) : removed(removes.group(), plan, removes.end());
            if (!merge || rows.isEmpty() || rows.get() > 0) {
                nodes.add(new Node(merge, removes.group(3), rows));
            }
        }
        return nodes;
    }

    private static Optional<Long> merged(String plan, int from) {
        Matcher merged = MERGED.matcher(plan);
        return merged.find(from) ? Optional.of(Long.valueOf(merged.group(1))) : Optional.empty();
    }

    /** Without {@code RETURNING} the node itself has no rows; those that it removes come from the node below. */
    private static Optional<Long> removed(String node, String plan, int from) {
        Optional<Long> own = count(node);
        if (own.filter(rows -> rows > 0).isPresent()) {
            return own;
        }
        int line = plan.indexOf('\n', from);
        while (line >= 0) {
            int end = plan.indexOf('\n', line + 1);
            String next = plan.substring(line + 1, end < 0 ? plan.length() : end);
            if (next.contains("->")) {
                return count(next);
            }
            line = end;
        }
        return own;
    }

    private static Optional<Long> count(String node) {
        Matcher actual = ACTUAL.matcher(node);
        try {
            return actual.find()
                    ? Optional.of(Math.round(Double.parseDouble(actual.group(1)) * Long.parseLong(actual.group(2))))
                    : Optional.empty();
        } catch (NumberFormatException tooLong) {
            return Optional.empty();
        }
    }
}

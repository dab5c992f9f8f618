package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in words what was deleted. */
final class DeletionText {

    private static final int MOST_STATEMENTS = 5;
    private static final int MOST_ROWS = 5;

    private final List<Deletion> deletions;
    private final List<BlindSpot> blindSpots;

    DeletionText(List<Deletion> deletions, List<BlindSpot> blindSpots) {
        this.deletions = deletions;
        this.blindSpots = blindSpots;
    }

    /** Such as {@code 3 rows}, {@code DROP TABLE of all its rows}, {@code 3 rows, rolled back}. */
    static String count(List<Deletion> deletions) {
        if (deletions.isEmpty()) {
            return "none";
        }
        long rows = deletions.stream().mapToLong(d -> d.rows().orElse(0L)).sum();
        List<String> uncounted = deletions.stream()
                .filter(d -> d.rows().isEmpty())
                .map(d -> d.kind().toString())
                .distinct()
                .toList();
        List<String> parts = new ArrayList<>();
        if (rows > 0 || uncounted.isEmpty()) {
            parts.add(rows == 1 ? "1 row deleted" : rows + " rows deleted");
        }
        parts.addAll(uncounted);
        return String.join(" and ", parts);
    }

    /** One line for each deletion and blind spot. */
    String lines() {
        List<String> lines = new ArrayList<>();
        groups().forEach((first, group) -> lines.add(first.subject() + ": " + head(first, group)));
        blindSpots.forEach(spot -> lines.add("not seen: " + spot));
        return String.join("\n", lines);
    }

    /** What, by whom, how: some lines for each statement, indented, each with a line break before it. */
    String details() {
        StringBuilder text = new StringBuilder();
        int left = MOST_STATEMENTS;
        Map<Deletion, List<Deletion>> groups = groups();
        for (Map.Entry<Deletion, List<Deletion>> group : groups.entrySet()) {
            if (left-- == 0) {
                text.append("\n  and ").append(groups.size() - MOST_STATEMENTS).append(" statements more");
                break;
            }
            text.append("\n  ").append(head(group.getKey(), group.getValue()));
            body(group.getKey(), group.getValue())
                    .forEach(line -> text.append("\n    ").append(line));
        }
        return text.toString();
    }

    /** Those of one kind, by one application and statement, are one thing to a reader. */
    private Map<Deletion, List<Deletion>> groups() {
        Map<List<Object>, Deletion> firsts = new LinkedHashMap<>();
        Map<Deletion, List<Deletion>> groups = new LinkedHashMap<>();
        for (Deletion deletion : deletions) {
            Deletion first = firsts.computeIfAbsent(alike(deletion), key -> deletion);
            groups.computeIfAbsent(first, key -> new ArrayList<>()).add(deletion);
        }
        return groups;
    }

    private static List<Object> alike(Deletion deletion) {
        Optional<Author> author = deletion.author();
        return List.of(
                deletion.kind(),
                deletion.subject(),
                deletion.end(),
                author.flatMap(Author::statement),
                author.map(Author::application),
                deletion.cascade(),
                deletion.remark());
    }

    private static String head(Deletion first, List<Deletion> group) {
        long rows = group.stream().mapToLong(d -> d.rows().orElse(0L)).sum();
        String count = first.rows().isEmpty() ? "" : " of " + rows + (rows == 1 ? " row" : " rows");
        return first.kind()
                + count
                + end(first.end())
                + first.cascade().map(c -> ", " + c).orElse("")
                + first.author().map(a -> ", by " + a).orElse("")
                + (group.size() > 1 ? ", in " + group.size() + " statements" : "");
    }

    private static String end(TransactionEnd end) {
        return switch (end) {
            case COMMITTED -> "";
            case ABORTED -> ", rolled back";
            case PREPARED -> ", prepared and not yet committed";
            case IN_PROGRESS -> ", in a transaction that is still open";
            case UNKNOWN -> ", in a transaction whose end is not known";
        };
    }

    private static List<String> body(Deletion first, List<Deletion> group) {
        List<String> lines = new ArrayList<>();
        first.author().ifPresent(author -> {
            author.statement().ifPresent(statement -> lines.add("statement: " + statement));
            author.routine().ifPresent(routine -> lines.add("through: " + routine));
        });
        first.remark().ifPresent(lines::add);
        long born = group.stream().mapToLong(Deletion::bornMeanwhile).sum();
        if (born > 0) {
            lines.add(born + " of them had been inserted meanwhile");
        }
        List<String> sample = group.stream()
                .flatMap(d -> d.sample().stream())
                .limit(MOST_ROWS)
                .toList();
        sample.forEach(row -> lines.add("row: " + row));
        if (sample.isEmpty() && first.rows().isPresent() && !first.columns().isEmpty()) {
            lines.add("rows: " + hidden(first, group));
        }
        return lines;
    }

    private static String hidden(Deletion first, List<Deletion> group) {
        long rows = group.stream().mapToLong(d -> d.rows().orElse(0L)).sum();
        String row = first.columns().stream().map(c -> c + "=?").collect(Collectors.joining(", ", "(", ")"));
        return row + (rows > 1 ? " ×" + rows : "") + "; showingRows() shows the values of up to " + MOST_ROWS;
    }
}

package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.wal.PageLosses;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts what the log shows into sentences. */
final class LogSentences {

    /** How many tables one sentence names. */
    private static final int NAMED = 10;

    private LogSentences() {}

    static String of(ObservedTransaction transaction) {
        String did = did(transaction.effects());
        return "transaction " + transaction.xid()
                + switch (transaction.end()) {
                    case COMMITTED -> " committed; it " + did;
                    case ABORTED -> " was rolled back; it had " + did;
                    case PREPARED -> " is prepared for a two-phase commit, and waits; it " + did;
                    case IN_PROGRESS -> " still runs; it " + did;
                    case UNKNOWN -> " has no end in the log; it " + did;
                };
    }

    private static String did(List<TableEffect> effects) {
        List<String> parts = new ArrayList<>();
        for (TableEffect.Kind kind : TableEffect.Kind.values()) {
            List<TableEffect> these =
                    effects.stream().filter(e -> e.kind() == kind).toList();
            if (!these.isEmpty()) {
                parts.add(verb(kind) + " "
                        + these.stream()
                                .limit(NAMED)
                                .map(e -> e.rows().map(LogSentences::rows).orElse("") + e.relation())
                                .collect(Collectors.joining(", "))
                        + (these.size() > NAMED ? " and " + (these.size() - NAMED) + " more" : ""));
            }
        }
        return String.join(", and ", parts);
    }

    private static String rows(long count) {
        return count + (count == 1 ? " row of " : " rows of ");
    }

    private static String verb(TableEffect.Kind kind) {
        return switch (kind) {
            case ROWS_DELETED -> "deleted";
            case TRUNCATED -> "truncated";
            case DROPPED -> "dropped";
            case COLUMN_DROPPED -> "dropped a column of";
            case REWRITTEN -> "rewrote";
            case CREATED -> "created";
            case ALTERED -> "altered or truncated";
        };
    }

    static String of(PageLosses.Loss loss, String table) {
        return "after rows of " + table + " had been deleted, " + loss.pages()
                + (loss.pages() == 1 ? " page was" : " pages were") + " cleared of deleted rows by " + who(loss) + " ("
                + loss.type() + ")";
    }

    private static String who(PageLosses.Loss loss) {
        if (loss.byWriter()) {
            return "a transaction that wrote to it";
        }
        return switch (loss.type()) {
            case "PRUNE_ON_ACCESS" -> "a mere reader";
            case "PRUNE" -> "a mere reader or by VACUUM";
            default -> "VACUUM";
        };
    }

    static Optional<String> elsewhere(long rows) {
        return rows == 0
                ? Optional.empty()
                : Optional.of(rows + " rows were deleted in other databases of the cluster");
    }
}

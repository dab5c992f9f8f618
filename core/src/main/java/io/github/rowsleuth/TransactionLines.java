package io.github.rowsleuth;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The transactions of the incident, a few lines for each. */
final class TransactionLines {

    /** More than these are in the JSON. */
    private static final int MOST = 8;

    private final List<RemovingTransaction> own;
    private final int others;

    TransactionLines(Findings findings) {
        Set<TableName> tables = new HashSet<>();
        findings.fates().stream().filter(TableFate::partOfLoss).forEach(f -> tables.add(f.table()));
        List<RemovingTransaction> touching = findings.transactions().stream()
                .filter(t -> t.effects().stream()
                        .anyMatch(e -> e.table().filter(tables::contains).isPresent()))
                .toList();
        this.own = touching.stream().limit(MOST).toList();
        this.others = findings.transactions().size() - own.size();
    }

    boolean isEmpty() {
        return own.isEmpty();
    }

    void writeTo(TextLayout out) {
        out.section("Transactions");
        own.forEach(t -> out.entry(t.end().name().replace('_', ' '), line(t)));
        if (others > 0) {
            out.line("and " + others + (others == 1 ? " other" : " others") + ", in the JSON report");
        }
    }

    private static String line(RemovingTransaction transaction) {
        String did =
                transaction.effects().stream().map(TransactionLines::effect).collect(Collectors.joining(", "));
        String notes = Stream.concat(
                        transaction.disagreements().stream().map(d -> "DISAGREEMENT: " + d),
                        transaction.remarks().stream())
                .map(n -> "; " + n)
                .collect(Collectors.joining());
        return transaction.xid() + transaction.gid().map(g -> " '" + g + "'").orElse("") + when(transaction) + ": "
                + did + notes;
    }

    private static String when(RemovingTransaction transaction) {
        String at = transaction.ended().equals(Moment.unknown()) ? "" : ", ended " + transaction.ended();
        String by = transaction
                .datedBy()
                .filter(d -> !at.isEmpty())
                .map(d -> " by " + d)
                .orElse("");
        return at + by + transaction.endLsn().map(l -> ", its end at " + l).orElse("");
    }

    private static String effect(RemovingTransaction.Effect effect) {
        String counts = effect.counts().stream()
                .map(c -> c.source() + c.rows().map(n -> " " + n).orElse(""))
                .collect(Collectors.joining(", "));
        String rows = effect.rows().map(n -> n + " rows of ").orElse("");
        return verb(effect.kind()) + " " + rows + effect.relation() + " (" + counts + ")";
    }

    private static String verb(TableEffect.Kind kind) {
        return switch (kind) {
            case ROWS_DELETED -> "deleted";
            case COLUMN_DROPPED -> "dropped a column of";
            case REWRITTEN -> "wrote anew";
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }
}

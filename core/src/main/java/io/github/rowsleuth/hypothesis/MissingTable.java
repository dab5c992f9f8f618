package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.probe.UnknownTable;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of a table that is not there: dropped, renamed, in another schema, or never in this database. */
final class MissingTable {

    /** More databases than these would bury the rest. */
    private static final int MOST = 5;

    private static final Set<Fate> WHOLE = Set.of(Fate.INTACT, Fate.REWRITTEN, Fate.ROLLED_BACK);

    private final UnknownTable missing;
    private final List<TableScope> tables;
    private final List<RemovingTransaction> transactions;
    private final World world;
    private final Map<TableName, TableFate> fates;

    /**
     * Of one table.
     *
     * @param fates those of the tables that are there
     */
    MissingTable(
            UnknownTable missing,
            List<TableScope> tables,
            List<RemovingTransaction> transactions,
            World world,
            Map<TableName, TableFate> fates) {
        this.fates = fates;
        this.missing = missing;
        this.tables = tables;
        this.transactions = transactions;
        this.world = world;
    }

    TableFate fate() {
        TableFate.Builder fate = TableFate.builder()
                .table(missing.table())
                .partOfLoss(true)
                .addDecidedBy("no table of that name is in the database");
        Optional<RemovingTransaction> dropped = dropped();
        if (dropped.isPresent()) {
            return dropped(fate.table(fullName(dropped.get())), dropped.get());
        }
        Optional<ObservedStatement> seen = world.dropSeen(missing.table());
        if (seen.isPresent()) {
            return dropped(fate, seen.get());
        }
        Optional<TableScope> renamed = renamed();
        if (renamed.isPresent()) {
            return renamed(fate, renamed.get());
        }
        List<TableName> elsewhere = elsewhere();
        if (!elsewhere.isEmpty()) {
            return elsewhere(fate, elsewhere);
        }
        Optional<TableName> letters = candidate(UnknownTable.Reason.LETTER_CASE);
        if (letters.isPresent()) {
            return otherLetters(fate, letters.get());
        }
        return world.youngerThanData()
                .map(c -> young(fate, c))
                .orElseGet(() -> knownToCode() ? goneSince(fate) : unknown(fate));
    }

    private Optional<RemovingTransaction> dropped() {
        return transactions.stream()
                .filter(t -> t.end() == TransactionEnd.COMMITTED)
                .filter(t -> t.effects().stream()
                        .anyMatch(e -> e.kind() == TableEffect.Kind.DROPPED
                                && e.table().filter(missing.table()::matches).isPresent()))
                .reduce((first, second) -> second);
    }

    private static TableFate dropped(TableFate.Builder fate, RemovingTransaction transaction) {
        return droppedBy(transaction, fate)
                .addDecidedBy(shownToDrop(transaction))
                .build();
    }

    /** With its schema, which the catalogs had of it. */
    private TableName fullName(RemovingTransaction transaction) {
        return transaction.effects().stream()
                .filter(e -> e.kind() == TableEffect.Kind.DROPPED)
                .flatMap(e -> e.table().stream())
                .filter(missing.table()::matches)
                .findFirst()
                .orElse(missing.table());
    }

    private TableFate dropped(TableFate.Builder fate, ObservedStatement seen) {
        return fate.table(world.inSearchPath(missing.table()))
                .fate(Fate.DROPPED)
                .moment(seen.moment())
                .addEvidence(seen.evidence())
                .addDecidedBy("a log shows " + seen.statement() + " at " + seen.moment() + ", and no error of it")
                .build();
    }

    /** All of it but the sentence that says why. */
    static TableFate.Builder droppedBy(RemovingTransaction transaction, TableFate.Builder fate) {
        return fate.fate(Fate.DROPPED)
                .transaction(transaction.xid())
                .addTransactions(transaction.xid())
                .moment(transaction.ended())
                .addAllEvidence(transaction.evidence());
    }

    static String shownToDrop(RemovingTransaction transaction) {
        return String.join(" and ", transaction.sources()) + " shows that transaction " + transaction.xid()
                + " dropped it";
    }

    /** What is named after a table keeps its name when the table is renamed. */
    private Optional<TableScope> renamed() {
        return tables.stream()
                .filter(t -> t.formerNames().contains(missing.table().name()))
                .filter(t -> missing.table().schema().isEmpty()
                        || missing.table().schema().equals(t.table().schema()))
                .findFirst();
    }

    private TableFate renamed(TableFate.Builder fate, TableScope other) {
        return fate.fate(Fate.HIDDEN)
                .rowsNow(world.rowsOf(other.table()))
                .addAllEvidence(other.evidence())
                .addAllAmbiguities(lacking(other.table()))
                .addDecidedBy(
                        other.table() + " was named so: its indexes, constraints or sequences still bear the name "
                                + missing.table().name() + rows(other.table()))
                .build();
    }

    /** A table that was renamed can have lost rows all the same. */
    private List<String> lacking(TableName renamed) {
        Optional<TableFate> other = Optional.ofNullable(fates.get(renamed));
        boolean whole = other.filter(f -> WHOLE.contains(f.fate()))
                .filter(f -> f.ambiguities().isEmpty())
                .isPresent();
        return whole
                ? List.of()
                : List.of("whether " + renamed + " still holds all of its rows is "
                        + other.map(f -> "told by its own fate, " + f.fate()).orElse("unknown"));
    }

    private String rows(TableName table) {
        return world.rowsOf(table).map(n -> "; it holds " + n + " rows").orElse("");
    }

    private List<TableName> elsewhere() {
        return world.filledNamesakes(missing.table());
    }

    private TableFate elsewhere(TableFate.Builder fate, List<TableName> tables) {
        String names = tables.stream().map(t -> t + rows(t)).collect(Collectors.joining(", "));
        return fate.fate(Fate.HIDDEN)
                .addDecidedBy("a table of the same name is in another schema: " + names)
                .addAmbiguities("dropped, and the other is not the table that was meant")
                .build();
    }

    private Optional<TableName> candidate(UnknownTable.Reason reason) {
        return missing.candidates().stream()
                .filter(c -> c.reason() == reason)
                .map(UnknownTable.Candidate::name)
                .findFirst();
    }

    private TableFate otherLetters(TableFate.Builder fate, TableName other) {
        return fate.fate(Fate.HIDDEN)
                .addDecidedBy("there is " + other + ", which only quotes tell from this name" + rows(other))
                .addAmbiguities("dropped, and the other is not the table that was meant")
                .build();
    }

    private boolean knownToCode() {
        return world.rowsSeen().isPresent()
                && missing.nearNames().isEmpty()
                && candidate(UnknownTable.Reason.VIEW).isEmpty()
                && world.namedByCode(missing.table());
    }

    private TableFate goneSince(TableFate.Builder fate) {
        return withDoubts(fate.table(world.inSearchPath(missing.table()))
                        .fate(Fate.DROPPED)
                        .addDecidedBy("code of the repository names it, and rows were seen at "
                                + world.rowsSeen().map(Object::toString).orElse("")))
                .build();
    }

    private static TableFate young(TableFate.Builder fate, Circumstance circumstance) {
        return fate.fate(Fate.RECREATED)
                .moment(circumstance.moment())
                .addDecidedBy(circumstance.claim())
                .build();
    }

    private TableFate unknown(TableFate.Builder fate) {
        String near = missing.nearNames().stream().map(TableName::toString).collect(Collectors.joining(", "));
        fate.fate(Fate.UNKNOWN)
                .addAmbiguities(
                        near.isEmpty()
                                ? "dropped, or never there"
                                : "dropped, or the name is mistaken: there is " + near);
        candidate(UnknownTable.Reason.VIEW)
                .ifPresent(view -> fate.addAmbiguities("a view was meant: " + view + " shows rows of other tables"));
        return withDoubts(fate).build();
    }

    private TableFate.Builder withDoubts(TableFate.Builder fate) {
        if (!world.otherDatabases().isEmpty()) {
            fate.addAmbiguities("another database was meant: the server has "
                    + world.otherDatabases().stream().limit(MOST).collect(Collectors.joining(", ")));
        }
        return fate;
    }
}

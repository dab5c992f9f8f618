package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.StatementEnd;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.transaction.WalTransactions;
import io.github.rowsleuth.transaction.XidClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What is true of the server and of all its tables, and so bears on the fate of each. */
final class World {

    /** How long initdb and the first start may take. */
    private static final Duration BIRTH = Duration.ofSeconds(30);

    private final Incident incident;
    private final Optional<DatabaseIdentity> identity;
    private final boolean logIsWhole;
    private final boolean dropsAreNamed;
    private final Optional<Instant> discarded;
    private final List<Circumstance> circumstances;
    private final NamedByCode code;
    private final List<ObservedStatement> seen;
    private final Map<TableName, Long> rows;
    private final XidClock clock;
    private final long[] creations;

    /** For each oid the earliest creation among the tables of that oid and of every higher one. */
    private final NavigableMap<Long, Long> earliestFromOid = new TreeMap<>();

    /**
     * What the evidence says of all tables.
     *
     * @param rows those that each table holds now, where that is known
     * @param dropsAreNamed whether the names of all tables are known that were seen to be dropped
     */
    World(
            CaseFile file,
            List<Circumstance> circumstances,
            XidClock clock,
            Map<TableName, Long> rows,
            boolean dropsAreNamed) {
        this.dropsAreNamed = dropsAreNamed;
        this.clock = clock;
        Optional<Scope> scope = file.answer(Scope.class);
        this.incident = file.incident();
        this.identity = scope.map(Scope::database);
        this.logIsWhole = file.searchedWhole(WalTransactions.class);
        this.discarded = file.answer(DeletionStats.class).flatMap(DeletionStats::discarded);
        this.circumstances = circumstances;
        this.code = new NamedByCode(file);
        this.seen = new SeenHere(file).statements();
        this.rows = rows;
        this.creations = scope.stream()
                .flatMap(s -> s.tables().stream())
                .map(TableScope::creationTransaction)
                .flatMap(Optional::stream)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        scope.ifPresent(s -> s.tables().stream()
                .sorted(Comparator.comparingLong(TableScope::oid).reversed())
                .forEach(this::rememberCreation));
    }

    private void rememberCreation(TableScope table) {
        table.creationTransaction().ifPresent(xid -> {
            Map.Entry<Long, Long> higher = earliestFromOid.firstEntry();
            earliestFromOid.put(table.oid(), higher == null ? xid : Math.min(xid, higher.getValue()));
        });
    }

    /**
     * When the table was created at the earliest, if that is after the rows were seen. What passes for its creation can be
     * a change of name or owner; a table of a higher oid that an earlier transaction created gives that away.
     */
    Optional<Instant> createdAfterTheRows(TableScope table) {
        Optional<Instant> created = created(table).earliest();
        boolean altered = !table.formerNames().isEmpty()
                || table.creationTransaction()
                        .filter(mine -> createdBefore(mine, table.oid()))
                        .isPresent();
        return created.filter(c -> !altered && rowsSeen().filter(c::isAfter).isPresent());
    }

    private Moment created(TableScope table) {
        return table.creationCommitted()
                .map(Moment::at)
                .or(() -> table.creationTransaction().map(clock::assigned))
                .orElseGet(Moment::unknown);
    }

    private boolean createdBefore(long creation, long oid) {
        Map.Entry<Long, Long> higher = earliestFromOid.higherEntry(oid);
        return higher != null && higher.getValue() < creation;
    }

    /** Other databases of the server, which may have been meant. */
    List<String> otherDatabases() {
        return identity.map(DatabaseIdentity::otherDatabases).orElse(List.of());
    }

    /** How many tables were created by earlier transactions. */
    long olderThan(long creation) {
        int found = Arrays.binarySearch(creations, creation);
        int at = found < 0 ? -found - 1 : found;
        while (at > 0 && creations[at - 1] == creation) {
            at--;
        }
        return at;
    }

    /** Tables of the same name in other schemas that hold rows. */
    List<TableName> filledNamesakes(TableName table) {
        return rows.entrySet().stream()
                .filter(e -> e.getValue() > 0
                        && e.getKey().name().equals(table.name())
                        && !e.getKey().equals(table))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Whether the incident names the table without saying in which schema. */
    boolean namedWithoutSchema(TableName table) {
        return incident.tables().stream().anyMatch(t -> t.schema().isEmpty() && t.matches(table));
    }

    Optional<Long> rowsOf(TableName table) {
        return Optional.ofNullable(rows.get(table));
    }

    /** When a crash, a restore or a promotion emptied the counters, and with them every unlogged table. */
    Optional<Instant> recovered() {
        return discarded;
    }

    /** Before 15 the first start of a server looks like a recovery, unless it came long after initdb. */
    boolean surelyRecovered() {
        boolean marked = identity.filter(i -> i.major() >= 15).isPresent();
        return discarded
                .filter(at -> marked
                        || identity.flatMap(DatabaseIdentity::clusterCreated)
                                .filter(made -> at.isAfter(made.plus(BIRTH)))
                                .isPresent())
                .isPresent();
    }

    /** Whether what ended then can have ended in the time of the incident. */
    boolean mayBeTheLoss(Moment ended) {
        return ended.overlaps(
                new Moment(incident.window().notBefore(), incident.window().notAfter()));
    }

    /** Whether the write-ahead log was read from before the loss to now, with nothing left out. */
    boolean logIsWhole() {
        return logIsWhole;
    }

    /** Whether a table that was dropped since the rows were seen would be known by its name. */
    boolean wouldShowDrop() {
        return logIsWhole && dropsAreNamed;
    }

    /** Whether it can have been created after the rows were seen, as far as transactions tell the time. */
    boolean mayBeYoungerThanTheRows(TableScope table) {
        Optional<Instant> latest = created(table).latest();
        return table.creationTransaction().filter(x -> olderThan(x) > 0).isPresent()
                && rowsSeen()
                        .filter(seen -> latest.filter(l -> !l.isAfter(seen)).isEmpty())
                        .isPresent();
    }

    /** Whether the code of a repository names the table, or drops its schema. */
    boolean namedByCode(TableName table) {
        return code.names(table);
    }

    /** The last statement that dropped a table of that name, or its schema, and was not refused, as far as logs tell. */
    Optional<ObservedStatement> dropSeen(TableName table) {
        return seen.stream()
                .filter(s -> s.end() == StatementEnd.COMMITTED || s.end() == StatementEnd.UNKNOWN)
                .filter(s -> mayBeTheLoss(s.moment()))
                .filter(s -> drops(s.statement(), table))
                .reduce((first, second) -> second);
    }

    private boolean drops(DestructiveStatement statement, TableName table) {
        return switch (statement.kind()) {
            case DROP_TABLE ->
                statement.tables().stream().anyMatch(t -> inSearchPath(t).matches(inSearchPath(table)));
            case DROP_SCHEMA ->
                statement.objects().stream()
                        .anyMatch(o -> table.schema().filter(o.name()::equals).isPresent());
            default -> false;
        };
    }

    /** A name without schema means the first schema of the search path, where such a table would be made. */
    TableName inSearchPath(TableName table) {
        Optional<String> first = identity.stream()
                .flatMap(i -> i.searchPath().stream())
                .filter(s -> !s.startsWith("pg_"))
                .findFirst();
        return table.schema().isPresent() ? table : new TableName(first, table.name());
    }

    /** When the rows were last seen. */
    Optional<Instant> rowsSeen() {
        return incident.window().notBefore();
    }

    /** Why the rows can never have been in this database, if that is so. */
    Optional<Circumstance> youngerThanData() {
        return circumstances.stream()
                .filter(c -> c.kind() == Circumstance.Kind.CLUSTER_YOUNGER_THAN_DATA
                        || c.kind() == Circumstance.Kind.DATABASE_YOUNGER_THAN_DATA)
                .findFirst();
    }

    /** Whether rows that were seen may have been left behind when the cluster was promoted or restored. */
    boolean restored() {
        return circumstances.stream().anyMatch(c -> c.kind() == Circumstance.Kind.RESTORED_OR_PROMOTED);
    }
}

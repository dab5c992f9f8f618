package io.github.rowsleuth.preservation;

import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Autovacuum;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableScope;
import java.util.List;
import java.util.stream.Stream;

/** Keeps deleted rows that still lie on the pages of their tables. */
final class PageKeeping {

    private static final int LAST_WITH_DEFER_AGE = 15;

    private final Situation situation;
    private final List<TableFate> fates;

    private PageKeeping(Situation situation) {
        this.situation = situation;
        this.fates = situation.onPages();
    }

    static Stream<Proposal> proposals(Situation situation) {
        PageKeeping part = new PageKeeping(situation);
        if (part.fates.isEmpty()) {
            return Stream.empty();
        }
        return situation.standby()
                ? Stream.of(part.copyPages())
                : Stream.of(
                                part.autovacuumOff(),
                                Stream.of(part.copyPages()),
                                part.deferCleanup(),
                                Stream.of(part.feedback()))
                        .flatMap(s -> s);
    }

    private Stream<Proposal> autovacuumOff() {
        List<TableFate> vacuumed =
                fates.stream().filter(f -> comesTo(f.table())).toList();
        if (vacuumed.isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(start(vacuumed)
                .kind(Proposal.Kind.HOLD)
                .action("Keep autovacuum away from " + Sql.list(situation.named(vacuumed)))
                .reason("it takes deleted rows off their pages for good")
                .commands(vacuumed.stream()
                        .map(f -> "ALTER TABLE " + f.table().quoted()
                                + " SET (autovacuum_enabled = off, toast.autovacuum_enabled = off)")
                        .toList())
                .undo(vacuumed.stream()
                        .map(f -> "ALTER TABLE " + f.table().quoted()
                                + " RESET (autovacuum_enabled, toast.autovacuum_enabled)")
                        .toList())
                .price(
                        "it does not stop readers from pruning, nor VACUUM by hand, nor the vacuum against wraparound; it waits"
                                + " for a vacuum that runs; and it overwrites the transaction that pg_class remembers"
                                + remembered(vacuumed))
                .privilege("the owner of the table")
                .expiry(PageExpiry.of(situation, vacuumed))
                .build());
    }

    private boolean comesTo(TableName table) {
        return situation
                .counters(table)
                .flatMap(TableCounters::autovacuum)
                .map(Autovacuum::enabled)
                .orElse(true);
    }

    /** The report keeps what the proposal would overwrite. */
    private String remembered(List<TableFate> some) {
        List<String> known = some.stream()
                .flatMap(f -> situation.scope(f.table()).stream())
                .filter(t -> t.catalogTransaction().isPresent())
                .map(PageKeeping::transaction)
                .toList();
        return known.isEmpty() ? "" : " (" + String.join(", ", known) + ")";
    }

    private static String transaction(TableScope table) {
        return table.catalogTransaction().orElse(0L) + " for " + table.table();
    }

    private Proposal copyPages() {
        return start(fates)
                .kind(Proposal.Kind.COPY)
                .action("Copy the pages of " + Sql.list(situation.named(fates)) + " now, with psql")
                .reason(
                        "get_raw_page prunes nothing: whatever befalls the table later, the rows can be read from the copy;"
                                + " Postgres.keepingPagesIn(folder) of this library does the same")
                .commands(fates.stream()
                        .flatMap(f -> Stream.of(copy(f.table()), copyOfToast(f.table())))
                        .toList())
                .price("twice the size of the table on the disk of the client; reads every page once")
                .privilege("superuser, with CREATE EXTENSION pageinspect; or a SECURITY DEFINER function around"
                        + " get_raw_page that a superuser owns")
                .expiry(PageExpiry.of(situation))
                .build();
    }

    private static String copy(TableName table) {
        String name = Sql.literal(table.quoted());
        return "\\copy (SELECT b, encode(get_raw_page(" + name + ", 'main', b::int), 'hex') FROM generate_series(0,"
                + " pg_relation_size(" + name + ") / current_setting('block_size')::int - 1) b) TO "
                + Sql.literal(fileOf(table) + ".pages");
    }

    private static String copyOfToast(TableName table) {
        return "\\copy (SELECT b, encode(get_raw_page(c.reltoastrelid::regclass::text, 'main', b::int), 'hex') FROM"
                + " pg_class c, generate_series(0, pg_relation_size(c.reltoastrelid) /"
                + " current_setting('block_size')::int - 1) b WHERE c.oid = " + Sql.literal(table.quoted())
                + "::regclass AND c.reltoastrelid <> 0) TO " + Sql.literal(fileOf(table) + ".toast.pages");
    }

    /** A file name, whatever the table is called. */
    private static String fileOf(TableName table) {
        return (table.schema().map(s -> s + ".").orElse("") + table.name()).replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    private Stream<Proposal> deferCleanup() {
        boolean offered = situation
                .server()
                .map(DatabaseIdentity::major)
                .filter(major -> major <= LAST_WITH_DEFER_AGE)
                .isPresent();
        return offered ? Stream.of(deferred()) : Stream.empty();
    }

    private Proposal deferred() {
        return start(fates)
                .kind(Proposal.Kind.HOLD)
                .action("Hold pruning and vacuum back in the whole cluster")
                .reason(
                        "with vacuum_defer_cleanup_age both spare what the last transactions deleted, even after the fact")
                .addCommands("ALTER SYSTEM SET vacuum_defer_cleanup_age = 1000000", "SELECT pg_reload_conf()")
                .addUndo("ALTER SYSTEM RESET vacuum_defer_cleanup_age", "SELECT pg_reload_conf()")
                .price("dead rows of all databases pile up; sessions that have pruned before keep their horizon, so"
                        + " applications should reconnect")
                .privilege("superuser")
                .expiry(PageExpiry.of(situation))
                .build();
    }

    private Proposal feedback() {
        return start(fates)
                .kind(Proposal.Kind.HOLD)
                .action(
                        "Have a database administrator consider holding the rows by hot-standby feedback on a replication"
                                + " slot of its own, with an xmin"
                                + situation
                                        .firstDeletion()
                                        .map(xid -> " not above " + xid)
                                        .orElse(" older than the deletion"))
                .reason(
                        "a slot takes over an older xmin from a standby's feedback, and then vacuum and readers spare the"
                                + " rows")
                .price(
                        "dead rows of all databases pile up; sessions that have pruned before keep their horizon; it takes"
                                + " somebody who knows the replication protocol")
                .privilege("REPLICATION")
                .expiry(PageExpiry.of(situation))
                .build();
    }

    private Proposal.Builder start(List<TableFate> some) {
        return Proposal.builder().tables(situation.named(some)).evidence(HarmfulActs.evidence(some));
    }
}

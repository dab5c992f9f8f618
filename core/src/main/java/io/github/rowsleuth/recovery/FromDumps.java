package io.github.rowsleuth.recovery;

import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.recovery.RecoveryOption.Feasibility;
import io.github.rowsleuth.recovery.RecoveryOption.Return;
import io.github.rowsleuth.recovery.RecoveryOption.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows as a dump holds them, as of its beginning. */
final class FromDumps {

    private final CaseFile file;
    private final Loss loss;

    FromDumps(CaseFile file, Loss loss) {
        this.file = file;
        this.loss = loss;
    }

    List<RecoveryOption> options() {
        return file.answers(Backups.class).stream()
                .flatMap(b -> b.all().stream())
                .filter(b -> b.format() != BackupFormat.BASE)
                .map(this::option)
                .toList();
    }

    private RecoveryOption option(Backup dump) {
        List<Return> returns = new ArrayList<>();
        for (TableFate fate : loss.tables()) {
            dump.of(fate.table())
                    .filter(BackedUpTable::withData)
                    .filter(t -> t.rows().filter(n -> n == 0).isEmpty())
                    .ifPresent(t -> returns.add(new Return(fate.table(), t.rows())));
        }
        RecoveryOption.Builder option = RecoveryOption.builder()
                .way(Way.DUMP)
                .source(dump.path())
                .upTo(dump.begun())
                .evidence(dump.evidence());
        if (returns.isEmpty()) {
            return option.feasibility(Feasibility.RULED_OUT)
                    .reason("none of the lost rows is in it")
                    .build();
        }
        return option.returns(returns)
                .feasibility(feasibility(dump, returns))
                .reason(reason(dump, returns))
                .addSteps(
                        "on another server, empty and not older"
                                + dump.serverVersion().map(v -> " than " + v).orElse("")
                                + ", that PGHOST and PGPORT name: restore"
                                + " the dump into a new database, and take the rows out; a script may connect to the database it"
                                + " came from by its name, and would write over the damaged one",
                        "load them here into new tables, CREATE TABLE … AS TABLE … WITH NO DATA and \\copy … FROM",
                        "compare with what is here, and insert what is missing, parents before children")
                .commands(new DumpCommands(dump, returns).all())
                .addRisks("what was written between the dump and the loss is not in it")
                .build();
    }

    private Feasibility feasibility(Backup dump, List<Return> returns) {
        if (after(dump)) {
            return Feasibility.RULED_OUT;
        }
        if (!before(dump)) {
            return Feasibility.UNKNOWN;
        }
        boolean whole = returns.size() == loss.tables().size() && dump.damage().isEmpty();
        return whole ? Feasibility.SHOWN : Feasibility.PARTLY_SHOWN;
    }

    private boolean before(Backup dump) {
        Optional<Instant> lost = loss.moment().earliest();
        return dump.begun()
                .latest()
                .flatMap(begun -> lost.map(l -> !begun.isAfter(l)))
                .orElse(false);
    }

    private boolean after(Backup dump) {
        Optional<Instant> lost = loss.moment().latest();
        return dump.begun()
                .earliest()
                .flatMap(begun -> lost.map(begun::isAfter))
                .orElse(false);
    }

    private String reason(Backup dump, List<Return> returns) {
        String tables = "it holds rows of " + returns.size() + " of the "
                + loss.tables().size() + " tables hit";
        if (after(dump)) {
            return tables + ", but was begun after the loss";
        }
        return tables
                + (before(dump)
                        ? ", and was begun before the loss"
                        : "; whether it was begun before the loss is not sure: say in which zone it was made, or"
                                + " compare its rows")
                + dump.damage().map(d -> "; it is damaged: " + d).orElse("");
    }
}

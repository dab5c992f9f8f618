package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.probe.VolumeChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Is a young cluster in a volume that a change of names made anew? Then its rows lie in the volume of the old name, as long
 * as nobody removes it.
 */
final class NewVolume {

    /** How long a change of names may wait for the deployment that follows it. */
    private static final Duration WAITS = Duration.ofDays(30);

    private final VolumeChanges.Change change;
    private final boolean untouched;

    private NewVolume(VolumeChanges.Change change, boolean untouched) {
        this.change = change;
        this.untouched = untouched;
    }

    /** The last change before the cluster was made, where one is near enough to the time at which rows were seen. */
    static Optional<NewVolume> of(CaseFile file, List<TableFate> fates) {
        Optional<Scope> scope = file.answer(Scope.class);
        Optional<Instant> created = scope.flatMap(s -> s.database().clusterCreated());
        TimeWindow window = file.incident().window();
        return file.answers(VolumeChanges.class).stream()
                .flatMap(v -> v.changes().stream())
                .filter(c -> created.filter(made -> !c.commit().committed().isAfter(made))
                        .isPresent())
                .filter(c -> window.notBefore()
                        .filter(seen -> c.commit().committed().isAfter(seen.minus(WAITS)))
                        .isPresent())
                .reduce((earlier, later) -> later)
                .map(c -> new NewVolume(c, untouched(scope.map(Scope::tables).orElse(List.of()), fates)));
    }

    /** Whether nothing was ever put into it but what migrations write down. */
    private static boolean untouched(List<TableScope> tables, List<TableFate> fates) {
        boolean drawn = tables.stream()
                .filter(t -> !VersionTable.is(t.table()))
                .flatMap(t -> t.sequences().stream())
                .anyMatch(s -> s.lastValue().isPresent());
        return !drawn
                && fates.stream()
                        .filter(f -> !VersionTable.is(f.table()))
                        .allMatch(f -> f.rowsNow().orElse(0L) == 0);
    }

    /** Whether it is no loss, as far as the server and the repository tell. */
    boolean untouched() {
        return untouched;
    }

    String claim() {
        return "the rows are in the volume " + change.before() + ": since commit "
                + change.commit().shortId() + " of " + change.commit().committed() + ", compose calls it "
                + change.after() + ", and this cluster was made after that";
    }

    Argument argument() {
        String empty =
                untouched ? ", and nothing was ever put into this one: no table holds a row, no sequence was used" : "";
        return new Argument(
                change.file() + " made the volume " + change.after() + " of " + change.before() + " in "
                        + change.commit().shortId() + " (" + change.commit().subject() + ")" + empty,
                List.of(),
                List.<EvidenceId>of(change.evidence()));
    }

    String check() {
        return "docker volume ls: " + change.before()
                + " holds the rows unless somebody removed it; stop the server, give the"
                + " volume in " + change.file()
                + " that name (volumes: name:, external: true), and start it again; run neither"
                + " docker compose down -v nor docker volume prune";
    }
}

package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Did it never hold a row? Then whoever misses rows means an earlier table of that name, or another one. */
final class Emptiness {

    private final TableEvidence evidence;
    private final Optional<Long> created;
    private final long older;

    private Emptiness(TableEvidence evidence) {
        this.evidence = evidence;
        this.created = evidence.scope().creationTransaction();
        this.older = created.map(evidence.world()::olderThan).orElse(0L);
    }

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        boolean never = evidence.countersSawTheLoss()
                && evidence.account().filter(CounterAccount::neverFilled).isPresent()
                && evidence.allPages().filter(p -> p.live() > 0).isEmpty();
        return never ? Optional.of(new Emptiness(evidence).neverFilled()) : Optional.empty();
    }

    private TableFate.Builder neverFilled() {
        TableFate.Builder fate = evidence.fate();
        if (!evidence.named()) {
            return fate.fate(Fate.INTACT).addDecidedBy("it never held a row");
        }
        List<TableName> namesakes = evidence.world().filledNamesakes(evidence.table());
        if (!namesakes.isEmpty() && evidence.world().namedWithoutSchema(evidence.table())) {
            return otherSchema(fate, namesakes);
        }
        if (evidence.scope().estimatedPages() > 0
                || (older == 0 && evidence.world().rowsSeen().isEmpty())) {
            return fate.fate(Fate.UNKNOWN)
                    .addDecidedBy("it never held a row since it was created")
                    .addAmbiguities("it never held rows, or the whole database is new");
        }
        return recreated(fate, namesakes);
    }

    private String because() {
        String seen = evidence.world()
                .rowsSeen()
                .map(at -> ", and rows were seen at " + at)
                .orElse("");
        return "it was created in transaction " + created.orElse(0L)
                + (older > 0 ? ", after " + older + " other tables" : "") + ", and never held a row since" + seen;
    }

    private static TableFate.Builder otherSchema(TableFate.Builder fate, List<TableName> namesakes) {
        return fate.fate(Fate.HIDDEN)
                .addDecidedBy("it never held a row, and the rows are in " + names(namesakes)
                        + ", which another search_path finds under the same name")
                .addAmbiguities("it was dropped and created again");
    }

    private static String names(List<TableName> tables) {
        return tables.stream().map(TableName::toString).collect(Collectors.joining(", "));
    }

    private TableFate.Builder recreated(TableFate.Builder fate, List<TableName> namesakes) {
        fate.fate(Fate.RECREATED)
                .transaction(created)
                .addDecidedBy(because())
                .addAmbiguities("it never held rows, or was filled and truncated in the transaction that created it, or"
                        + " filled before a pg_upgrade, which takes no counters along");
        if (!namesakes.isEmpty()) {
            fate.addAmbiguities("another table was meant: " + names(namesakes) + " holds rows");
        }
        return fate;
    }
}

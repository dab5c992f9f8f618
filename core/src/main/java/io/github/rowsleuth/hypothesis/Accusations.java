package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.ScriptAutomation;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Weighs the suspects. That a footprint fits is not enough to accuse anybody: much in a repository could have done it.
 * A statement that was seen is the act itself. Code is likely only where no other code fits and something ties it to the
 * loss, and confirmed only where what was seen is its very text.
 */
final class Accusations {

    private final List<Fit> fits;
    private final List<TableName> hit;
    private final List<Act> acts;

    Accusations(List<Fit> fits, List<TableFate> fates, List<Act> acts) {
        this.fits = fits;
        this.hit = fates.stream()
                .filter(f -> f.hit() && !f.ofPartitions())
                .map(TableFate::table)
                .toList();
        this.acts = acts;
    }

    List<Hypothesis> all() {
        return fits.stream().map(this::hypothesis).toList();
    }

    /** The same fates, no wider in time than a statement that was seen, and that surely did it, allows. */
    List<TableFate> dated(List<TableFate> fates) {
        List<Fit> sure = fits.stream()
                .filter(f -> f.candidate().seen() && f.direct() && confidence(f) == Confidence.CONFIRMED)
                .toList();
        return fates.stream().map(fate -> dated(fate, sure)).toList();
    }

    private static TableFate dated(TableFate fate, List<Fit> sure) {
        Moment moment = fate.moment();
        for (Fit fit : sure) {
            if (fate.hit() && fit.suspect().footprint().of(fate.table()).isPresent()) {
                moment = moment.narrowedBy(fit.candidate().ending());
            }
        }
        return moment.equals(fate.moment())
                ? fate
                : TableFate.builder().from(fate).moment(moment).build();
    }

    private Hypothesis hypothesis(Fit fit) {
        Suspect suspect = fit.suspect();
        Hypothesis.Builder hypothesis = Hypothesis.builder()
                .cause(cause(fit))
                .suspect(suspect)
                .claim(suspect.name())
                .confidence(fit.against().isEmpty() ? confidence(fit) : Confidence.RULED_OUT)
                .addAllJoins(fit.joins())
                .addAllContradicting(fit.against())
                .addAllContradicting(fit.doubts());
        if (fit.against().isEmpty()) {
            hypothesis.addSupporting(fits(fit));
        }
        if (suspect.indirect()) {
            hypothesis.addSupporting(new Argument(
                    "it does not run the statement itself: it writes or defines it", List.of(), suspect.evidence()));
        }
        fit.joins().forEach(j -> hypothesis.addSupporting(new Argument(j.reason(), List.of(), j.evidence())));
        return hypothesis.build();
    }

    private Argument fits(Fit fit) {
        String dynamic = fit.suspect().footprint().dynamic() ? ", as far as its tables are known before it runs" : "";
        return fit.part()
                .map(act -> new Argument(
                        "its footprint covers "
                                + Hypotheses.numberOf(act.explains().size(), "table") + " of those that were hit"
                                + dynamic + "; another act took the others",
                        act.explains(),
                        fit.suspect().evidence()))
                .orElseGet(() -> new Argument(
                        "its footprint covers every table that was hit and spares the others" + dynamic,
                        hit,
                        fit.suspect().evidence()));
    }

    private Confidence confidence(Fit fit) {
        if (!fit.direct()) {
            return Confidence.POSSIBLE;
        }
        Confidence confidence =
                fit.candidate().seen() ? ofSeen(fit) : fit.candidate().counted() ? ofCounted(fit) : ofCode(fit);
        return fit.doubts().isEmpty() ? confidence : Confidence.POSSIBLE;
    }

    /** Of several that fit, a transaction that another source knows too decides. */
    private Confidence ofSeen(Fit fit) {
        boolean tied = fit.joined(Join.Kind.TRANSACTION, Join.Strength.IDENTITY);
        boolean alone = fits.stream()
                .filter(f -> f.candidate().seen() && f.competesWith(fit))
                .noneMatch(f -> !tied || f.joined(Join.Kind.TRANSACTION, Join.Strength.IDENTITY));
        return alone ? Confidence.CONFIRMED : Confidence.POSSIBLE;
    }

    /** The statistics count attempts, at a time that they do not tell. */
    private Confidence ofCounted(Fit fit) {
        boolean alone = fits.stream().noneMatch(f -> !f.code() && f.competesWith(fit));
        return alone && fit.joined(Join.Kind.ROWS, Join.Strength.CORROBORATION)
                ? Confidence.LIKELY
                : Confidence.POSSIBLE;
    }

    private Confidence ofCode(Fit fit) {
        if (seenRunning(fit)) {
            return alone(fit, Accusations::seenRunning) ? Confidence.CONFIRMED : Confidence.POSSIBLE;
        }
        boolean actWasSeen = fits.stream().anyMatch(f -> f.candidate().seen() && f.competesWith(fit));
        boolean asStarted = fit.candidate().origin() instanceof Origin.Started;
        if (actWasSeen
                || (fit.suspect().footprint().dynamic() && !asStarted)
                || fit.part().isPresent()) {
            return Confidence.POSSIBLE;
        }
        return tied(fit) && alone(fit, f -> rival(f, fit)) ? Confidence.LIKELY : Confidence.POSSIBLE;
    }

    private boolean alone(Fit fit, Predicate<Fit> rival) {
        return fits.stream().noneMatch(f -> f.code() && f.competesWith(fit) && rival.test(f));
    }

    /**
     * What fits only because its tables are not known before it runs is no rival of what names them; and that a trigger
     * exists says nothing of whether it fired.
     */
    private static boolean rival(Fit other, Fit fit) {
        boolean vaguer = other.suspect().footprint().dynamic()
                && !fit.suspect().footprint().dynamic();
        return !vaguer && !(other.candidate().origin() instanceof Origin.Stored);
    }

    private static boolean seenRunning(Fit fit) {
        return fit.joined(Join.Kind.TEXT, Join.Strength.IDENTITY)
                || fit.joined(Join.Kind.APPLICATION, Join.Strength.IDENTITY)
                || fit.joined(Join.Kind.SEEN, Join.Strength.IDENTITY);
    }

    /** Nearness in time counts here only because the footprint fits and no other does. */
    private static boolean tied(Fit fit) {
        return !fit.joins().isEmpty();
    }

    private Cause cause(Fit fit) {
        Origin origin = fit.candidate().origin();
        if (origin instanceof Origin.Seen log && log.statements().stream().anyMatch(Accusations::byRestore)) {
            return Cause.RESTORED_OLD_BACKUP;
        }
        if (origin instanceof Origin.Seen || origin instanceof Origin.Counted) {
            return ofStatement(fit);
        }
        if (origin instanceof Origin.Code code) {
            return ofFile(fit.suspect(), code);
        }
        return origin instanceof Origin.Started started ? ofStart(started.act()) : Cause.AUTOMATED_JOB;
    }

    private Cause ofStatement(Fit fit) {
        Optional<Act> act = fit.part().or(() -> acts.size() == 1 ? Optional.of(acts.get(0)) : Optional.empty());
        return fit.against().isEmpty()
                ? act.map(Hypotheses::cause).orElse(Cause.DIRECT_STATEMENT)
                : Cause.DIRECT_STATEMENT;
    }

    /** pg_restore calls itself by its name; what it drops it drops to put an older state in its place. */
    private static boolean byRestore(ObservedStatement statement) {
        return statement.application().filter("pg_restore"::equals).isPresent();
    }

    private static Cause ofStart(DatabaseAct act) {
        if (TestCode.at(act.file())) {
            return Cause.TEST_SUITE;
        }
        return switch (act.effect()) {
            case RESETS_SCHEMA, MAY_DROP -> Cause.SCHEMA_RESET;
            default -> Cause.AUTOMATED_JOB;
        };
    }

    private static Cause ofFile(Suspect suspect, Origin.Code code) {
        return switch (suspect.kind()) {
            case MIGRATION_UPGRADE -> Cause.MIGRATION_UPGRADE;
            case MIGRATION_DOWNGRADE -> Cause.MIGRATION_ROLLBACK;
            default -> ofScript(suspect, code);
        };
    }

    private static Cause ofScript(Suspect suspect, Origin.Code code) {
        if (code.test()) {
            return Cause.TEST_SUITE;
        }
        return suspect.automation()
                        .filter(s -> s == ScriptAutomation.Standing.RUN_BY_AUTOMATION)
                        .isPresent()
                ? Cause.AUTOMATED_JOB
                : Cause.MANUAL_SCRIPT;
    }
}

package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.transaction.TableEffect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Was it emptied by TRUNCATE? The write-ahead log shows it outright; otherwise a new file and rows that vanished without
 * being counted give it away.
 */
final class Truncation {

    private final TableEvidence evidence;
    private final TableScope scope;
    private final Optional<CounterAccount> account;
    private final List<Touch> shown;

    private Truncation(TableEvidence evidence) {
        this.evidence = evidence;
        this.scope = evidence.scope();
        this.account = evidence.account();
        this.shown = evidence.committed(TableEffect.Kind.TRUNCATED);
    }

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        Truncation question = new Truncation(evidence);
        if (question.isShown() || question.isCounted()) {
            return Optional.of(question.truncated());
        }
        return question.isFoundEmpty() ? Optional.of(question.foundEmpty()) : Optional.empty();
    }

    /** A table that held no row when it was truncated lost none. */
    private boolean isShown() {
        boolean wasEmpty = evidence.countersComplete()
                && evidence.allPages().isPresent()
                && account.filter(a -> a.unaccounted() > a.slack()).isEmpty();
        boolean neverFilled = evidence.countersComplete()
                && account.filter(a -> a.counters().inserted() == 0).isPresent();
        return shown.stream().anyMatch(this::ofItsCreation) || (!shown.isEmpty() && !wasEmpty && !neverFilled);
    }

    /** What it held then, nobody else ever saw, and no counter. */
    private boolean ofItsCreation(Touch transaction) {
        return scope.creationTransaction().filter(x -> x == transaction.xid()).isPresent();
    }

    private boolean isCounted() {
        return account.filter(CounterAccount::emptied).isPresent() && !rewritten();
    }

    /** The log names what else gave the table its new file. */
    private boolean rewritten() {
        return evidence.committed(TableEffect.Kind.REWRITTEN).stream()
                .anyMatch(t ->
                        scope.catalogTransaction().filter(x -> x == t.xid()).isPresent());
    }

    /** The counters are lost, and the new file has nothing in it. */
    private boolean isFoundEmpty() {
        return evidence.named()
                && scope.newFile()
                && !evidence.countersSawTheLoss()
                && !rewritten()
                && scope.estimatedRows() <= 0
                && evidence.allPages().filter(p -> p.pages() == 0).isPresent();
    }

    private TableFate.Builder truncated() {
        TableFate.Builder fate = evidence.fate().fate(Fate.TRUNCATED);
        happened(fate);
        account.ifPresent(a -> counted(fate, a));
        return fate;
    }

    private void happened(TableFate.Builder fate) {
        Optional<Touch> last = shown.isEmpty() ? Optional.empty() : Optional.of(shown.get(shown.size() - 1));
        Optional<Long> xid = last.map(Touch::xid).or(scope::catalogTransaction);
        fate.transaction(xid)
                .transactions(xid.stream().toList())
                .moment(last.map(Touch::ended).orElse(Moment.unknown()).narrowedBy(fileMade()));
        shown.forEach(t -> shownBy(fate, t));
        if (scope.newFile()) {
            fate.addDecidedBy("it has a new file"
                    + scope.catalogTransaction()
                            .map(t -> ", made in transaction " + t)
                            .orElse(""));
        }
        scope.sequences().stream()
                .filter(s -> s.restarted())
                .forEach(s -> fate.addDecidedBy(
                        "its sequence " + s.name() + " has a new file too, as after RESTART IDENTITY"));
    }

    private void shownBy(TableFate.Builder fate, Touch transaction) {
        fate.addAllEvidence(transaction.evidence())
                .addDecidedBy(TableEvidence.BY_LOG + " shows that transaction " + transaction.xid() + " truncated it");
        if (ofItsCreation(transaction)) {
            fate.addRemarks("that transaction created it as well, so that nobody else ever saw a row of it");
        }
        long before = transaction.rowsDeleted();
        if (before > 0) {
            fate.addRemarks("the same transaction had deleted " + before + " of its rows before");
        }
    }

    private void counted(TableFate.Builder fate, CounterAccount a) {
        TableCounters counters = a.counters();
        long since = a.insertedSinceEmptied();
        long before = counters.inserted() - counters.deleted() - since;
        fate.insertedSince(since);
        if (before > 0) {
            fate.rowsBefore(before).rowsBeforeBy(TableEvidence.BY_COUNTERS);
        }
        if (!a.reach().complete()) {
            fate.addAmbiguities("rows from before its counters began come on top");
        }
        if (a.unaccounted() > 0) {
            fate.addDecidedBy("its counters hold " + counters.deleted() + " deletes, which leave " + a.unaccounted()
                    + " missing rows unexplained");
        }
        if (a.fileNeverSeen()) {
            fate.addDecidedBy(
                    "neither vacuum nor analyze has seen the new file, which VACUUM FULL and CLUSTER would have"
                            + " counted");
        } else if (shown.isEmpty()) {
            fate.addAmbiguities("rows whose insertion was rolled back, and a rewrite of the table, leave the same");
        }
    }

    /** Vacuum and analyze fill reltuples; where it is unset, their last run was before the new file. */
    private Moment fileMade() {
        Optional<Instant> before = account.filter(CounterAccount::fileNeverSeen)
                .flatMap(a -> a.counters().lastMaintenance());
        Moment seen = scope.catalogTransaction().stream()
                .flatMap(x -> evidence.touches().stream().filter(t -> t.xid() == x))
                .map(Touch::ended)
                .findFirst()
                .orElse(Moment.unknown());
        return scope.catalogCommitted()
                .map(Moment::at)
                .orElseGet(() -> new Moment(before, Optional.empty())
                        .narrowedBy(new Moment(Optional.empty(), scope.catalogCommittedBefore()))
                        .narrowedBy(seen));
    }

    private TableFate.Builder foundEmpty() {
        TableFate.Builder fate = evidence.fate().fate(Fate.TRUNCATED);
        happened(fate);
        fate.addDecidedBy("the new file holds not a single page");
        fate.addAmbiguities("it held no row when it got the new file");
        if (scope.estimatedRows() >= 0) {
            fate.addAmbiguities("DELETE of every row, and then VACUUM FULL or another rewrite");
        }
        account.map(CounterAccount::reach).map(CounterReach::reason).ifPresent(fate::addAmbiguities);
        return fate;
    }
}

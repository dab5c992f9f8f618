package io.github.rowsleuth;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeNotes;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The examination of one probe on a thread of its own; whatever it throws becomes its outcome. */
final class ProbeRun implements Runnable {

    private final Probe<?> probe;
    private final RecordingExamination examination;
    private final BlockingQueue<ProbeRun> done;
    private final Thread thread;
    private final long started = System.nanoTime();
    private volatile @Nullable ProbeOutcome<?> outcome;
    private volatile @Nullable Error fatal;

    ProbeRun(Probe<?> probe, RecordingExamination examination, BlockingQueue<ProbeRun> done) {
        this.probe = probe;
        this.examination = examination;
        this.done = done;
        this.thread = new Thread(this, "rowsleuth-" + probe.id());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Probe<?> probe() {
        return probe;
    }

    long elapsedNanos() {
        return System.nanoTime() - started;
    }

    @Override
    public void run() {
        try {
            outcome = examine(probe);
        } catch (VirtualMachineError e) {
            fatal = e;
        }
        done.add(this);
    }

    /** {@return how it ended; rethrows what no program should go on after} */
    ProbeOutcome<?> outcome() {
        Error error = fatal;
        if (error != null) {
            throw error;
        }
        return Objects.requireNonNull(outcome, "outcome");
    }

    ProbeOutcome<?> giveUp(String reason) {
        ProbeNotes notes = examination.seal();
        thread.interrupt();
        return new ProbeOutcome.TimedOut<>(probe.id(), reason, notes);
    }

    private <T> ProbeOutcome<T> examine(Probe<T> examined) {
        String id = examined.id();
        try {
            Object answer = Objects.requireNonNull(examined.examine(examination), "a probe must not answer null");
            return new ProbeOutcome.Answered<>(id, examined.answerType().cast(answer), examination.seal());
        } catch (ProbeUnavailableException e) {
            return new ProbeOutcome.Unavailable<>(id, Redaction.text(e.getMessage()), e.remedy(), examination.seal());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ProbeOutcome.TimedOut<>(id, "it was interrupted", examination.seal());
        } catch (StackOverflowError e) {
            return new ProbeOutcome.Failed<>(id, "StackOverflowError: nested too deeply", examination.seal());
        } catch (LinkageError e) {
            return new ProbeOutcome.Failed<>(
                    id,
                    Redaction.of(e) + "; are all Rowsleuth jars of one version? import rowsleuth-bom",
                    examination.seal());
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            return new ProbeOutcome.Failed<>(id, Redaction.of(e), examination.seal());
        }
    }
}

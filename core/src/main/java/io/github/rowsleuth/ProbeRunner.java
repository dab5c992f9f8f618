package io.github.rowsleuth;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeNotes;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Volatility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs probes in the order of volatility, side by side where nothing forbids it, each within its deadline. One probe's
 * failure never touches another's answer.
 */
final class ProbeRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeRunner.class);
    private static final int AT_ONCE = 4;

    private final Plan plan;
    private final List<Probe<?>> waiting;
    private final Map<ProbeRun, Long> running = new LinkedHashMap<>();
    private final BlockingQueue<ProbeRun> done = new LinkedBlockingQueue<>();
    private final Map<String, ProbeOutcome<?>> outcomes = new LinkedHashMap<>();
    private final long end;

    ProbeRunner(Plan plan) {
        this.plan = plan;
        this.waiting = new ArrayList<>(plan.probes());
        waiting.sort(Comparator.comparing((Probe<?> p) -> p.volatility()));
        this.end = System.nanoTime() + plan.deadline().toNanos();
    }

    /** {@return the outcomes in the order of volatility, then of registration: the same for every run} */
    List<ProbeOutcome<?>> run() {
        List<Probe<?>> order = List.copyOf(waiting);
        try {
            while (!waiting.isEmpty() || !running.isEmpty()) {
                startReady();
                await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUpAll("the run was interrupted");
        }
        return order.stream()
                .<ProbeOutcome<?>>map(p -> Optional.<ProbeOutcome<?>>ofNullable(outcomes.get(p.id()))
                        .orElseThrow())
                .toList();
    }

    private void startReady() {
        for (Probe<?> probe : List.copyOf(waiting)) {
            boolean stuck = running.isEmpty() && waiting.indexOf(probe) == waiting.size() - 1;
            if (running.size() < AT_ONCE && (ready(probe) || stuck)) {
                start(probe);
            }
        }
    }

    private boolean ready(Probe<?> probe) {
        return open().filter(other -> !other.id().equals(probe.id())).noneMatch(other -> mustPrecede(other, probe));
    }

    private java.util.stream.Stream<Probe<?>> open() {
        return java.util.stream.Stream.concat(
                waiting.stream(), running.keySet().stream().map(ProbeRun::probe));
    }

    private static boolean mustPrecede(Probe<?> other, Probe<?> probe) {
        boolean feeds = probe.buildsOn().contains(other.answerType());
        boolean vanishesSooner = probe.volatility() != Volatility.REPOSITORY
                && other.volatility() != Volatility.REPOSITORY
                && other.volatility().compareTo(probe.volatility()) < 0;
        return feeds || vanishesSooner;
    }

    private void start(Probe<?> probe) {
        long limit = Math.min(plan.probeDeadline().toNanos(), Math.max(0, end - System.nanoTime()));
        Instant deadline = plan.clock().instant().plusNanos(limit);
        ProbeRun run = new ProbeRun(probe, new RecordingExamination(probe.id(), plan, deadline, answers()), done);
        waiting.remove(probe);
        running.put(run, System.nanoTime() + limit);
        LOG.debug("{} starts", probe.id());
        tell(() -> plan.listener().started(probe.id()));
        run.start();
    }

    private List<Object> answers() {
        return outcomes.values().stream()
                .map(ProbeOutcome::answer)
                .flatMap(Optional::stream)
                .<Object>map(a -> a)
                .toList();
    }

    private void await() throws InterruptedException {
        long next = running.values().stream().mapToLong(Long::longValue).min().orElse(end);
        ProbeRun finished = done.poll(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (finished != null && running.remove(finished) != null) {
            end(finished, finished.outcome());
        }
        long now = System.nanoTime();
        if (now >= end) {
            giveUpAll("the run reached its limit of " + plan.deadline().toSeconds() + " s");
        }
        List.copyOf(running.entrySet()).stream()
                .filter(e -> e.getValue() <= now)
                .forEach(e -> giveUp(
                        e.getKey(),
                        "it did not answer within " + plan.probeDeadline().toMillis() + " ms"));
    }

    private void giveUpAll(String reason) {
        List.copyOf(running.keySet()).forEach(run -> giveUp(run, reason));
        for (Probe<?> probe : waiting) {
            ProbeNotes none = new ProbeNotes(List.of(), List.of(), Optional.empty());
            outcomes.put(probe.id(), new ProbeOutcome.TimedOut<>(probe.id(), reason + " before it began", none));
        }
        waiting.clear();
    }

    private void giveUp(ProbeRun run, String reason) {
        running.remove(run);
        end(run, run.giveUp(reason));
    }

    private void end(ProbeRun run, ProbeOutcome<?> outcome) {
        Duration elapsed = Duration.ofNanos(run.elapsedNanos());
        outcomes.put(outcome.probe(), outcome);
        LOG.debug("{} ends {} after {}", outcome.probe(), outcome.status(), elapsed);
        tell(() -> plan.listener().ended(outcome, elapsed));
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.debug("the listener threw; the investigation goes on", e);
        }
    }
}

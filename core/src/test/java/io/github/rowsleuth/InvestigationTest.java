package io.github.rowsleuth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.Volatility;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InvestigationTest {

    private static final Provenance HERE = new Provenance("test", "here");

    private interface Body {
        String examine(Examination examination) throws Exception;
    }

    private record Simple(String id, Volatility volatility, List<Class<?>> buildsOn, Body body)
            implements Probe<String> {
        static Simple of(String id, Body body) {
            return new Simple(id, Volatility.SCAN, List.of(), body);
        }

        @Override
        public Class<String> answerType() {
            return String.class;
        }

        @Override
        public String examine(Examination examination) throws Exception {
            return body.examine(examination);
        }
    }

    private static ProbeOutcome<?> only(Findings findings) {
        assertThat(findings.outcomes()).hasSize(1);
        return findings.outcomes().get(0);
    }

    @Test
    void the_answer_of_a_foreign_probe_is_found_by_its_type() {
        Findings findings = Investigation.of("orders")
                .probe(Simple.of("mine", e -> "forty"))
                .run();

        assertThat(findings.answer(String.class)).contains("forty");
        assertThat(findings.answer(Integer.class)).isEmpty();
    }

    @Test
    void what_was_recorded_before_a_failure_is_kept_and_others_still_answer() {
        Findings findings = Investigation.of("orders")
                .probe(Simple.of("bad", e -> {
                    e.record(new Observation.ServerFact("seen"), Moment.unknown(), HERE);
                    e.gap("nothing", "no consequence", "no remedy");
                    throw new IllegalStateException("password=geheim broke 'x' at //bob:pw@host");
                }))
                .probe(Simple.of("good", e -> "fine"))
                .run();
        ProbeOutcome<?> bad = findings.outcomes().get(0);

        assertThat(bad.status()).isEqualTo(ProbeOutcome.Status.FAILED);
        assertThat(bad.reason()).isEqualTo("IllegalStateException: password=? broke '?' at //?@host");
        assertThat(bad.notes().evidence()).hasSize(1);
        assertThat(findings.gaps()).extracting(g -> g.missing()).contains("nothing");
        assertThat(findings.answer(String.class)).contains("fine");
        assertThat(findings.report().text()).contains("FAILED").contains("bad");
    }

    @Test
    void an_unavailable_source_is_a_gap_with_its_remedy() {
        Findings findings = Investigation.of("orders")
                .probe(Simple.of("off", e -> {
                    throw new ProbeUnavailableException("the server is down", "start it");
                }))
                .run();

        assertThat(only(findings).status()).isEqualTo(ProbeOutcome.Status.UNAVAILABLE);
        assertThat(findings.gaps()).singleElement().satisfies(g -> {
            assertThat(g.missing()).isEqualTo("the server is down");
            assertThat(g.remedy()).isEqualTo("start it");
        });
        assertThat(findings.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_class_that_can_not_be_linked_is_told_with_a_hint() {
        Findings findings = Investigation.of("orders")
                .probe(Simple.of("old", e -> {
                    throw new NoSuchMethodError("gone");
                }))
                .run();

        assertThat(only(findings).reason()).contains("NoSuchMethodError").contains("rowsleuth-bom");
    }

    @Test
    void a_probe_that_hangs_is_given_up_and_keeps_what_it_recorded() {
        CountDownLatch never = new CountDownLatch(1);
        Findings findings = Investigation.of("orders")
                .probeDeadline(Duration.ofMillis(200))
                .probe(Simple.of("hangs", e -> {
                    e.record(new Observation.ServerFact("seen"), Moment.unknown(), HERE);
                    never.await();
                    return "late";
                }))
                .probe(Simple.of("good", e -> "fine"))
                .run();

        assertThat(findings.outcomes().get(0).status()).isEqualTo(ProbeOutcome.Status.TIMED_OUT);
        assertThat(findings.outcomes().get(0).notes().evidence()).hasSize(1);
        assertThat(findings.answer(String.class)).contains("fine");
    }

    @Test
    void a_probe_that_ignores_interruption_does_not_hold_the_run() {
        CountDownLatch stop = new CountDownLatch(1);
        Findings findings = Investigation.of("orders")
                .deadline(Duration.ofMillis(300))
                .probe(Simple.of("stubborn", e -> {
                    while (stop.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return "late";
                }))
                .run();
        stop.countDown();

        assertThat(only(findings).status()).isEqualTo(ProbeOutcome.Status.TIMED_OUT);
    }

    @Test
    void an_interrupt_ends_the_run_with_what_is_known() {
        CountDownLatch never = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        Findings findings = Investigation.of("orders")
                .probe(new Simple("known", Volatility.MEMORY, List.of(), e -> "known"))
                .probe(Simple.of("hangs", e -> {
                    caller.interrupt();
                    never.await();
                    return "late";
                }))
                .run();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(findings.answer(String.class)).contains("known");
        assertThat(findings.outcomes().get(1).status()).isEqualTo(ProbeOutcome.Status.TIMED_OUT);
        assertThat(findings.outcomes().get(1).reason()).contains("interrupted");
    }

    @Test
    void the_most_volatile_evidence_is_examined_first_whatever_the_order_of_registration() {
        Queue<String> order = new ConcurrentLinkedQueue<>();
        Investigation investigation = Investigation.of("orders");
        for (Volatility rank : List.of(Volatility.SCAN, Volatility.LOG, Volatility.COUNTERS, Volatility.MEMORY)) {
            investigation = investigation.probe(new Simple(rank.name(), rank, List.of(), e -> {
                order.add(rank.name());
                return rank.name();
            }));
        }
        investigation.run();

        assertThat(order).containsExactly("MEMORY", "COUNTERS", "LOG", "SCAN");
    }

    @Test
    void a_repository_is_examined_beside_a_server() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Body meet = e -> {
            both.countDown();
            both.await();
            return "met";
        };
        Findings findings = Investigation.of("orders")
                .probe(new Simple("server", Volatility.MEMORY, List.of(), meet))
                .probe(new Simple("repository", Volatility.REPOSITORY, List.of(), meet))
                .run();

        assertThat(findings.answers(String.class)).containsExactly("met", "met");
    }

    @Test
    void a_probe_gets_the_answers_it_builds_on() {
        Findings findings = Investigation.of("orders")
                .automation(new io.github.rowsleuth.probe.AutomationChecker() {
                    @Override
                    public List<Class<?>> buildsOn() {
                        return List.of(Scripts.class);
                    }

                    @Override
                    public Automation examine(Examination examination) {
                        examination.gap(examination.answers(Scripts.class).size() + " script lists", "none", "none");
                        return new Automation(List.of());
                    }
                })
                .scripts(e -> new Scripts(List.of()))
                .run();

        assertThat(findings.gaps()).extracting(g -> g.missing()).containsExactly("1 script lists");
    }

    @Test
    void a_lambda_gets_a_readable_id() {
        assertThat(only(Investigation.of("orders")
                                .scripts(e -> new Scripts(List.of()))
                                .run())
                        .probe())
                .isEqualTo("scripts.lambda-1");
    }

    @Test
    void the_listener_hears_of_every_probe_and_can_not_break_the_run() {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        Findings findings = Investigation.of("orders")
                .listener(new InvestigationListener() {
                    @Override
                    public void started(String probe) {
                        heard.add("started " + probe);
                        throw new IllegalStateException("listener");
                    }

                    @Override
                    public void ended(ProbeOutcome<?> outcome, Duration elapsed) {
                        heard.add("ended " + outcome.status());
                    }
                })
                .probe(Simple.of("one", e -> "x"))
                .run();

        assertThat(heard).containsExactly("started one", "ended ANSWERED");
        assertThat(findings.answer(String.class)).contains("x");
    }

    @Test
    void misuse_is_refused_with_what_was_expected() {
        assertThatThrownBy(() -> Investigation.of("orders").run())
                .isInstanceOf(InvestigationException.class)
                .hasMessageContaining("at least one probe");
        assertThatThrownBy(Investigation::of).hasMessageContaining("at least one table");
        assertThatThrownBy(() -> Investigation.of("a b")).hasMessageContaining("expected a table name");
        assertThatThrownBy(() -> Investigation.of("o").lostBetween("2026-03-02T00:00Z", "2026-03-01T00:00Z"))
                .isInstanceOf(InvestigationException.class)
                .hasMessageContaining("reversed");
        Investigation one = Investigation.of("o").probe(Simple.of("same", e -> "x"));
        assertThatThrownBy(() -> one.probe(Simple.of("same", e -> "y")))
                .isInstanceOf(InvestigationException.class)
                .hasMessageContaining("second 'same'");
        assertThatThrownBy(() -> one.deadline(Duration.ZERO)).hasMessageContaining("positive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01", "2026-03-01T10:00", "yesterday", ""})
    void a_time_without_zone_is_refused(String text) {
        assertThatThrownBy(() -> Investigation.of("o").noticed(text))
                .isInstanceOf(InvestigationException.class)
                .hasMessageContaining("a time with a zone");
    }
}

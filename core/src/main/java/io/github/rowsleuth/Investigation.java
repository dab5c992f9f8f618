package io.github.rowsleuth;

import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.HypothesisRule;
import io.github.rowsleuth.hypothesis.Reasoning;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.AutomationChecker;
import io.github.rowsleuth.probe.DeletionStatsProbe;
import io.github.rowsleuth.probe.MigrationProbe;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import io.github.rowsleuth.probe.ScopeProbe;
import io.github.rowsleuth.probe.ScriptFinder;
import io.github.rowsleuth.probe.StatementProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Investigates a loss of rows: say what is missing, name the sources, run.
 *
 * <pre>{@code
 * Findings findings = Investigation.of("shop.orders")
 *         .lostBetween("2026-03-01T02:00Z", "2026-03-01T07:10Z")
 *         .probes(Postgres.at("jdbc:postgresql://db1/shop?user=auditor"))
 *         .probes(GitRepository.at("/srv/shop"))
 *         .probes(PostgresLogs.ofContainer("shop_postgres"))
 *         .run();
 * }</pre>
 *
 * <p>Immutable: every method returns a new investigation, so that one can be kept and varied. Thread-safe.
 */
public final class Investigation {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration PROBE_DEADLINE = Duration.ofSeconds(60);

    private final Plan plan;

    private Investigation(Plan plan) {
        this.plan = plan;
    }

    /**
     * {@return an investigation of the loss of rows from these tables}
     *
     * @param tables names as they would stand in SQL, such as {@code shop.orders}; at least one
     * @throws InvestigationException if there is none, or one is not a table name
     */
    public static Investigation of(String... tables) {
        try {
            return of(Arrays.stream(tables).map(TableName::parse).toList());
        } catch (IllegalArgumentException e) {
            throw new InvestigationException(messageOf(e));
        }
    }

    /**
     * {@return an investigation of the loss of rows from these tables}
     *
     * @param tables at least one
     * @throws InvestigationException if there is none
     */
    public static Investigation of(List<TableName> tables) {
        if (tables.isEmpty()) {
            throw new InvestigationException(
                    "expected at least one table whose rows are missing, found none; name one: of(\"shop.orders\")");
        }
        return new Investigation(new Plan(
                new Incident(tables, TimeWindow.UNKNOWN),
                List.of(),
                List.of(),
                DEADLINE,
                PROBE_DEADLINE,
                new InvestigationListener() {},
                InstantSource.system()));
    }

    /**
     * {@return the same, knowing when the rows were last seen and when they were missed}
     *
     * @param seen the rows were still there: ISO 8601 with a zone, seconds optional
     * @param missed the rows were gone: ISO 8601 with a zone, seconds optional
     * @throws InvestigationException if one is not such a time, or the window is reversed
     */
    public Investigation lostBetween(String seen, String missed) {
        return lostBetween(Times.parse(seen), Times.parse(missed));
    }

    /**
     * {@return the same, knowing when the rows were last seen and when they were missed}
     *
     * @param seen the rows were still there
     * @param missed the rows were gone
     * @throws InvestigationException if the window is reversed
     */
    public Investigation lostBetween(Instant seen, Instant missed) {
        return within(Optional.of(seen), Optional.of(missed));
    }

    /**
     * {@return the same, knowing when the rows were missed}
     *
     * @param missed ISO 8601 with a zone, seconds optional
     * @throws InvestigationException if it is not such a time
     */
    public Investigation noticed(String missed) {
        return noticed(Times.parse(missed));
    }

    /**
     * {@return the same, knowing when the rows were missed}
     *
     * @param missed the rows were gone
     */
    public Investigation noticed(Instant missed) {
        return within(plan.incident().window().notBefore(), Optional.of(missed));
    }

    private Investigation within(Optional<Instant> seen, Optional<Instant> missed) {
        try {
            Incident incident = new Incident(plan.incident().tables(), new TimeWindow(seen, missed));
            return new Investigation(plan.about(incident));
        } catch (IllegalArgumentException e) {
            throw new InvestigationException(messageOf(e));
        }
    }

    /**
     * {@return the same with a probe that describes the tables}
     *
     * @param probe a probe, or a lambda
     */
    public Investigation scope(ScopeProbe probe) {
        return with("scope", probe);
    }

    /**
     * {@return the same with a probe that reads deletion statistics}
     *
     * @param probe a probe, or a lambda
     */
    public Investigation deletionStats(DeletionStatsProbe probe) {
        return with("deletion-stats", probe);
    }

    /**
     * {@return the same with a probe that reads destructive statements}
     *
     * @param probe a probe, or a lambda
     */
    public Investigation statements(StatementProbe probe) {
        return with("statements", probe);
    }

    /**
     * {@return the same with a probe that finds scripts}
     *
     * @param probe a probe, or a lambda
     */
    public Investigation scripts(ScriptFinder probe) {
        return with("scripts", probe);
    }

    /**
     * {@return the same with a probe that reads migrations}
     *
     * @param probe a probe, or a lambda
     */
    public Investigation migrations(MigrationProbe probe) {
        return with("migrations", probe);
    }

    /**
     * {@return the same with a probe that finds out who runs the scripts}
     *
     * @param probe a probe, or a lambda
     */
    public Investigation automation(AutomationChecker probe) {
        return with("automation", probe);
    }

    /**
     * {@return the same with one more probe, of any role or of none}
     *
     * @param probe its answer is found by {@code findings.answer(probe.answerType())}
     * @throws InvestigationException if a probe of the same id is there
     */
    public Investigation probe(Probe<?> probe) {
        return with("probe", probe);
    }

    /**
     * {@return the same with all probes of a source}
     *
     * @param source for instance a server, a repository, a log
     * @throws InvestigationException if a probe of the same id is there
     */
    public Investigation probes(ProbeSet source) {
        Investigation all = this;
        for (Probe<?> probe : source.probes()) {
            all = all.probe(probe);
        }
        return all;
    }

    /**
     * {@return the same with one more rule, which is asked after the built-in ones}
     *
     * @param rule a rule, or a lambda
     */
    public Investigation rule(HypothesisRule rule) {
        return new Investigation(plan.with(rule));
    }

    private Investigation with(String role, Probe<?> probe) {
        return new Investigation(plan.with(role, probe));
    }

    /**
     * {@return the same with a limit for the whole run; two minutes unless set}
     *
     * @param limit positive; probes that have not answered by then are {@code TimedOut}
     */
    public Investigation deadline(Duration limit) {
        return new Investigation(plan.within(positive(limit), plan.probeDeadline()));
    }

    /**
     * {@return the same with a limit for each probe; one minute unless set}
     *
     * @param limit positive; a probe that has not answered by then is {@code TimedOut}
     */
    public Investigation probeDeadline(Duration limit) {
        return new Investigation(plan.within(plan.deadline(), positive(limit)));
    }

    private static Duration positive(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new InvestigationException(
                    "expected a positive limit, found " + limit + "; try Duration.ofMinutes(2)");
        }
        return limit;
    }

    /**
     * {@return the same, with somebody who follows the progress}
     *
     * @param listener replaces the one set before
     */
    public Investigation listener(InvestigationListener listener) {
        return new Investigation(plan.toldTo(listener));
    }

    /**
     * {@return the same with another source of time for deadlines}
     *
     * @param clock what probes see as the time
     */
    public Investigation clock(InstantSource clock) {
        return new Investigation(plan.timedBy(clock));
    }

    /**
     * Examines all sources and concludes. Never throws because a source is down: that is an outcome in the findings. An
     * interrupt ends the run within two seconds with what is known by then, and the thread stays interrupted.
     *
     * @return the findings
     * @throws InvestigationException if there is no probe
     */
    public Findings run() {
        if (plan.probes().isEmpty()) {
            throw new InvestigationException(
                    "expected at least one probe, found none; add a source: probes(Postgres.at(\"jdbc:postgresql://…\"))");
        }
        CaseFile file = new CaseFile(plan.incident(), new ProbeRunner(plan).run());
        ForeignRules rules = new ForeignRules(file, Reasoning.over(file)).hear(plan.rules());
        Conclusions conclusions = rules.conclusions();
        return new Findings(file, conclusions, rules.gaps(), Assessment.verdict(file, conclusions));
    }

    private static String messageOf(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }

    /** {@return what is investigated, and by which probes} */
    @Override
    public String toString() {
        return "Investigation of " + plan.incident().tables() + " by "
                + plan.probes().stream().map(Probe::id).toList();
    }
}

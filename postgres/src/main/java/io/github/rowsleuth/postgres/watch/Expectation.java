package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Which deletions are expected. It reads as a sentence:
 *
 * <pre>{@code
 * noDeletions()
 * noDeletions().allowing("public.sessions", 10).allowingApplication("nightly-cleanup")
 * noDeletions().expectingExactly(3, "public.orders")
 * }</pre>
 *
 * <p>Each part allows more; a deletion is counted by the first part that fits it, in the order in which they were
 * said, and one that fits none is unexpected. What was rolled back is no deletion, unless {@link #failingOnAttempts()};
 * what an open transaction has deleted is one.
 *
 * <p>Immutable.
 */
public final class Expectation {

    private static final Expectation NONE = new Expectation(List.of(), false, false);

    private final List<Allowance> allowances;
    private final boolean attemptsFail;
    private final boolean blindSpotsAccepted;

    private Expectation(List<Allowance> allowances, boolean attemptsFail, boolean blindSpotsAccepted) {
        this.allowances = List.copyOf(allowances);
        this.attemptsFail = attemptsFail;
        this.blindSpotsAccepted = blindSpotsAccepted;
    }

    /** {@return the expectation that nothing is deleted at all} */
    public static Expectation noDeletions() {
        return NONE;
    }

    /**
     * {@return this, and anything may go from that table, the table itself included}
     *
     * @param table as it would stand in SQL; without a schema, a table of that name in any
     * @throws IllegalArgumentException if it is not one table name
     */
    public Expectation allowing(String table) {
        return and(new Allowance(
                Optional.of(TableName.parse(table)), Optional.empty(), false, OptionalLong.empty(), false));
    }

    /**
     * {@return this, and so many rows may go from that table}
     *
     * <p>What nobody counts, as the rows of a table that was dropped, is more than any number.
     *
     * @param table as it would stand in SQL; without a schema, a table of that name in any
     * @param most how many rows, at least 0
     * @throws IllegalArgumentException if it is not one table name, or the number is negative
     */
    public Expectation allowing(String table, long most) {
        return and(counted(table, most, false));
    }

    /**
     * {@return this, and exactly so many rows must go from that table}
     *
     * @param rows how many, at least 0
     * @param table as it would stand in SQL; without a schema, a table of that name in any
     * @throws IllegalArgumentException if it is not one table name, or the number is negative
     */
    public Expectation expectingExactly(long rows, String table) {
        return and(counted(table, rows, true));
    }

    private static Allowance counted(String table, long rows, boolean exact) {
        if (rows < 0) {
            throw new IllegalArgumentException("expected a number of rows, found " + rows);
        }
        return new Allowance(
                Optional.of(TableName.parse(table)), Optional.empty(), false, OptionalLong.of(rows), exact);
    }

    /**
     * {@return this, and whatever sessions of that name delete is expected}
     *
     * <p>Only triggers tell who deleted: without a footprint this allows nothing.
     *
     * @param applicationName the {@code application_name} of the sessions, compared exactly
     */
    public Expectation allowingApplication(String applicationName) {
        return and(new Allowance(Optional.empty(), Optional.of(applicationName), false, OptionalLong.empty(), false));
    }

    /**
     * {@return this, and rows that were inserted during the watch may go again}
     *
     * <p>A row is known by its primary key, or by all its values where there is none: one that was changed in what it is
     * known by counts as a row from before. Costs a trigger on every insertion.
     */
    public Expectation allowingRowsBornMeanwhile() {
        return and(new Allowance(Optional.empty(), Optional.empty(), true, OptionalLong.empty(), false));
    }

    /** {@return this, and what was deleted and rolled back counts as deleted} */
    public Expectation failingOnAttempts() {
        return new Expectation(allowances, true, blindSpotsAccepted);
    }

    /** {@return this, and it does not fail because a part of the database could not be watched} */
    public Expectation acceptingBlindSpots() {
        return new Expectation(allowances, attemptsFail, true);
    }

    /**
     * {@return this and the other together; what the other allows is asked first}
     *
     * @param other another expectation, for instance of one test among others
     */
    public Expectation with(Expectation other) {
        List<Allowance> both = new ArrayList<>(other.allowances);
        both.addAll(allowances);
        return new Expectation(
                both, attemptsFail || other.attemptsFail, blindSpotsAccepted || other.blindSpotsAccepted);
    }

    private Expectation and(Allowance allowance) {
        List<Allowance> more = new ArrayList<>(allowances);
        more.add(allowance);
        return new Expectation(more, attemptsFail, blindSpotsAccepted);
    }

    List<Allowance> allowances() {
        return allowances;
    }

    boolean attemptsFail() {
        return attemptsFail;
    }

    boolean blindSpotsAccepted() {
        return blindSpotsAccepted;
    }

    boolean needsBirths() {
        return allowances.stream().anyMatch(Allowance::born);
    }

    /** {@return such as {@code no deletions, but at most 10 deleted rows in public.sessions}} */
    @Override
    public String toString() {
        return allowances.isEmpty()
                ? "no deletions"
                : "no deletions, but "
                        + allowances.stream().map(Allowance::words).collect(Collectors.joining(", "));
    }
}

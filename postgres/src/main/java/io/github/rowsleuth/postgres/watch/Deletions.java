package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.Violations;
import io.github.rowsleuth.incident.TableName;
import java.util.List;

/**
 * What a watch saw: every deletion on any connection, in the order in which it was noticed. Immutable.
 *
 * @param all the deletions, those that were rolled back included
 * @param blindSpots what could not be seen
 */
public record Deletions(List<Deletion> all, List<BlindSpot> blindSpots) {

    /** Copies the lists. */
    public Deletions {
        all = List.copyOf(all);
        blindSpots = List.copyOf(blindSpots);
    }

    /** {@return what is gone, or will be if an open transaction commits} */
    public List<Deletion> losses() {
        return all.stream().filter(Deletion::lostOrAboutToBe).toList();
    }

    /** {@return what was deleted and rolled back} */
    public List<Deletion> attempts() {
        return all.stream().filter(d -> !d.lostOrAboutToBe()).toList();
    }

    /**
     * {@return the losses in that table, its partitions and children included}
     *
     * @param table as it would stand in SQL; without a schema, a table of that name in any
     * @throws IllegalArgumentException if it is not one table name
     */
    public List<Deletion> in(String table) {
        TableName name = TableName.parse(table);
        return losses().stream()
                .filter(d -> d.table().filter(name::matches).isPresent()
                        || d.root().filter(name::matches).isPresent())
                .toList();
    }

    /** {@return how many rows are gone, of those that were counted} */
    public long rows() {
        return losses().stream().mapToLong(d -> d.rows().orElse(0L)).sum();
    }

    /** {@return whether a committed deletion can not have been missed} */
    public boolean complete() {
        return blindSpots.stream().noneMatch(BlindSpot::hidesLosses);
    }

    /**
     * {@return what contradicts an expectation; a blind spot that can hide a loss does, unless it is accepted}
     *
     * @param expectation what was expected
     */
    public Violations violations(Expectation expectation) {
        return new Judgement(this, expectation).violations();
    }

    /**
     * {@return the deletions that contradict an expectation}
     *
     * @param expectation what was expected
     */
    public List<Deletion> unexpected(Expectation expectation) {
        return new Judgement(this, expectation).unexpected();
    }

    /** {@return one line for each deletion and blind spot} */
    @Override
    public String toString() {
        return all.isEmpty() && blindSpots.isEmpty() ? "no deletions" : new DeletionText(all, blindSpots).lines();
    }
}

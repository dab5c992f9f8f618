package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Something that an application, its deployment or its tests do to a database without a script of their own: a setting
 * that rebuilds the schema, a command that resets it, migrations at start, a seed, a fixture that empties tables.
 */
@Value.Immutable
@ValueStyle
public interface DatabaseAct {

    /** What it does to the data, the gravest first. */
    enum Effect {
        /** All of a schema or database goes: {@code create-drop}, {@code --force-reset}, {@code migrate reset}. */
        RESETS_SCHEMA,
        /** Rows or tables of some part go: truncation, {@code drop_all}, {@code flush}. */
        DELETES_DATA,
        /** Columns or tables can go that the code no longer names: {@code --accept-data-loss}, {@code synchronize}. */
        MAY_DROP,
        /** Migrations are taken back. */
        MIGRATES_DOWN,
        /** Migrations are applied; what they destroy, the migrations say. */
        MIGRATES_UP,
        /** Rows are put in; whether any are removed first, the seed says. */
        SEEDS,
        /** The schema is compared or extended, and nothing is removed. */
        HARMLESS
    }

    /** {@return what it does to the data} */
    Effect effect();

    /** {@return the tool, such as {@code hibernate}, {@code prisma}, {@code alembic}} */
    String tool();

    /** {@return the setting with its value or the command, secrets removed} */
    Excerpt text();

    /** {@return the file, within the repository} */
    String file();

    /** {@return the line, from 1} */
    int line();

    /** {@return the profile or environment it belongs to; empty for the main one} */
    Optional<String> profile();

    /**
     * {@return whether it holds when the application starts as the repository says: {@code false} for a setting that
     * another profile overrides, for a profile that nothing chooses, and for tests}
     */
    boolean inEffect();

    /** {@return what was weighed to say so, in words} */
    List<String> because();

    /** {@return the ways to it, the shortest first; empty for a setting that takes effect whenever its application starts} */
    List<AutomationChain> chains();

    /** {@return where it was recorded} */
    EvidenceId evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableDatabaseAct.Builder {
        Builder() {}
    }
}

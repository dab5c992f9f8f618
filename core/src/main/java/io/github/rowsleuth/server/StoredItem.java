package io.github.rowsleuth.server;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** A trigger, rule, policy, event trigger or routine that deletes, hides or prevents. */
@Value.Immutable
@ValueStyle
public interface StoredItem {

    /** What it is. */
    enum Kind {
        /** Fires for rows or statements of a table. */
        TRIGGER,
        /** Rewrites statements on a table or view. */
        RULE,
        /** Decides which rows of a table a role sees. */
        POLICY,
        /** Fires for DDL. */
        EVENT_TRIGGER,
        /** A function or procedure that only runs when called. */
        ROUTINE
    }

    /** What it does to rows. */
    enum Effect {
        /** It deletes, truncates or drops. */
        REMOVES,
        /** It keeps rows from being seen. */
        HIDES,
        /** It suppresses a deletion, or turns it into something else. */
        PREVENTS
    }

    /** {@return what it is} */
    Kind kind();

    /** {@return what it does to rows} */
    Effect effect();

    /** {@return its name, with its schema where it has one} */
    String name();

    /** {@return the table or view it belongs to} */
    Optional<TableName> table();

    /** {@return the routine it runs} */
    Optional<String> routine();

    /** {@return whether it is in force in ordinary sessions} */
    boolean enabled();

    /**
     * {@return whether it has that effect whenever it fires; otherwise its code decides at run time, or is not understood
     * so far}
     */
    @Value.Default
    default boolean certain() {
        return true;
    }

    /** {@return what is destructive in its text, and in that of the routines it calls; dynamic parts are holes} */
    List<DestructiveStatement> destructive();

    /** {@return its definition, redacted} */
    Excerpt definition();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableStoredItem.Builder {
        Builder() {}
    }
}

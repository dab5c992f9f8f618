package io.github.rowsleuth.recovery;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** One way to bring rows back, with what shows that it can be gone. Proposed, never executed. */
@Value.Immutable
@ValueStyle
public interface RecoveryOption {

    /** The ways. */
    enum Way {
        /** The deleted rows themselves, from the pages on which they still lie. */
        DEAD_ROWS,
        /** Images of their pages in the write-ahead log (16 and newer). */
        PAGE_IMAGES,
        /** A copy of the cluster, recovered to just before the loss. */
        POINT_IN_TIME,
        /** The rows as a dump holds them. */
        DUMP,
        /** The files from which the tables were once filled, to be imported again. */
        SOURCE_FILES
    }

    /** Whether it can be gone, the surest first. */
    enum Feasibility {
        /** The evidence shows it for every table hit. */
        SHOWN,
        /** The evidence shows it for some of the tables, or for some of their rows. */
        PARTLY_SHOWN,
        /** Nothing speaks against it, but something must be looked at first. */
        UNKNOWN,
        /** The evidence rules it out. */
        RULED_OUT
    }

    /**
     * What comes back of one table.
     *
     * @param table the table
     * @param rows how many rows, where known
     */
    record Return(TableName table, Optional<Long> rows) {}

    /** {@return which way} */
    Way way();

    /** {@return the file or folder it starts from, for a backup or source files; the first of several} */
    Optional<String> source();

    /** {@return whether it can be gone} */
    Feasibility feasibility();

    /** {@return why, in one sentence without a full stop} */
    String reason();

    /** {@return what comes back of which table} */
    List<Return> returns();

    /** {@return the state that comes back: what was committed until then} */
    @Value.Default
    default Moment upTo() {
        return Moment.unknown();
    }

    /** {@return where recovery must end, for a point in time} */
    Optional<RecoveryTarget> target();

    /** {@return what ends it, in one sentence without a full stop; empty if nothing does soon} */
    Optional<String> expiry();

    /** {@return what to do, step by step} */
    List<String> steps();

    /** {@return the commands of these steps, in order: for {@code psql} to import source files, for a shell to restore a dump; empty where they depend on what is found} */
    List<String> commands();

    /** {@return what can go wrong} */
    List<String> risks();

    /** {@return the evidence it rests on} */
    List<EvidenceId> evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableRecoveryOption.Builder {
        Builder() {}
    }
}

package io.github.rowsleuth.preservation;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import org.immutables.value.Value;

/** A step that keeps evidence from vanishing. It is only proposed: nothing in this library carries it out. */
@Value.Immutable
@ValueStyle
public interface Proposal {

    /** What sort of step. */
    enum Kind {
        /** Decide over a deletion that has not been committed yet. */
        DECIDE,
        /** Leave something alone. */
        AVOID,
        /** Hold something fast that would go by itself. */
        HOLD,
        /** Bring a copy to safety. */
        COPY
    }

    /** {@return what sort of step} */
    Kind kind();

    /** {@return what to do, in one sentence without a full stop} */
    String action();

    /** {@return why, in one sentence without a full stop} */
    String reason();

    /** {@return the tables it is for; empty where it is for the whole server} */
    List<TableName> tables();

    /** {@return the exact SQL, or the exact command line, in the order to run; empty where there is nothing to run} */
    List<String> commands();

    /** {@return what takes it back; empty where there is nothing to take back, or no way to} */
    List<String> undo();

    /** {@return what it costs, what it risks and what it does not achieve} */
    String price();

    /** {@return the privilege that it takes} */
    String privilege();

    /** {@return until when it makes sense} */
    Expiry expiry();

    /** {@return the evidence it rests on} */
    List<EvidenceId> evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableProposal.Builder {
        Builder() {}
    }
}

package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.immutables.value.Value;

/** One explanation of the loss, with what speaks for it and against it. */
@Value.Immutable
@ValueStyle
public abstract class Hypothesis {

    Hypothesis() {}

    /** {@return the cause it claims} */
    public abstract Cause cause();

    /** {@return the claim in one sentence without a full stop} */
    public abstract String claim();

    /** {@return whom it accuses; empty where the act is known and the actor is not} */
    public abstract Optional<Suspect> suspect();

    /** {@return how sure it is} */
    public abstract Confidence confidence();

    /** {@return what ties its suspect to the loss, the strongest first; empty where its footprint merely fits} */
    public abstract List<Join> joins();

    /** {@return what speaks for it} */
    public abstract List<Argument> supporting();

    /** {@return what speaks against it; it is ruled out by a contradiction, and lowered by a doubt} */
    public abstract List<Argument> contradicting();

    /** {@return the check that would decide it, where one is known} */
    public abstract Optional<String> nextCheck();

    /** {@return the tables that decide it} */
    public List<TableName> decidingTables() {
        return Stream.concat(contradicting().stream(), supporting().stream())
                .flatMap(a -> a.tables().stream())
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return confidence() + " " + cause() + ": " + claim();
    }

    /** {@return a builder without values} */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    public static final class Builder extends ImmutableHypothesis.Builder {
        Builder() {}
    }
}

package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** One destructive statement as a log or the statistics saw it. */
@Value.Immutable
@ValueStyle
public interface ObservedStatement {

    /** {@return what it does and to which tables} */
    DestructiveStatement statement();

    /** {@return its text, literals redacted} */
    Excerpt text();

    /** {@return when it was seen} */
    Moment moment();

    /** {@return how it ended, as far as the source tells} */
    StatementEnd end();

    /** {@return the SQLSTATE of its error} */
    Optional<String> sqlState();

    /** {@return the message of its error, literals redacted} */
    Optional<String> message();

    /** {@return the database user} */
    Optional<String> user();

    /** {@return the database} */
    Optional<String> database();

    /** {@return {@code application_name}} */
    Optional<String> application();

    /** {@return the address of the client} */
    Optional<String> client();

    /** {@return the process id of the backend} */
    Optional<Long> pid();

    /** {@return names the session within its source} */
    Optional<String> session();

    /** {@return the transaction id, where the source has it} */
    Optional<Long> transaction();

    /** {@return the rows it removed, where the source has them} */
    Optional<Long> rows();

    /** {@return the virtual transaction id, such as {@code 3/218}, where the source has it} */
    Optional<String> virtualTransaction();

    /** {@return the query id, where the source has it; the same for statements that differ in their values only} */
    Optional<Long> queryId();

    /** {@return how long it took} */
    Optional<Duration> duration();

    /** {@return its parameters by number, without their values, such as {@code $1 = ?, $2 = ?}} */
    Optional<String> parameters();

    /** {@return what ran it, where it was not the client: a function, a {@code DO} block, a foreign key} */
    Optional<String> within();

    /** {@return why it is less certain than others, each a sentence; empty if nothing speaks against it} */
    List<String> caveats();

    /**
     * {@return whether an earlier reading, from whose end this one goes on, told it already: something of it has become
     * known since, such as how it ended; it is not to be counted again}
     */
    @Value.Default
    default boolean toldBefore() {
        return false;
    }

    /** {@return where it was recorded} */
    EvidenceId evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableObservedStatement.Builder {
        Builder() {}
    }
}

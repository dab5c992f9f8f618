package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.values.ValueStyle;
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

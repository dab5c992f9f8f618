package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** One migration, with what it destroys going up and coming down. */
@Value.Immutable
@ValueStyle
public interface Migration {

    /** {@return the tool whose layout it follows, such as {@code alembic}} */
    String tool();

    /** {@return the revision id or version} */
    String revision();

    /** {@return the path within its repository, with slashes} */
    String path();

    /** {@return destructive statements of the upgrade} */
    List<CodeStatement> up();

    /** {@return destructive statements of the downgrade} */
    List<CodeStatement> down();

    /** {@return the date written in the file} */
    Optional<Instant> declared();

    /** {@return its life, the oldest change first; empty where history could not be read} */
    List<FileChange> history();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableMigration.Builder {
        Builder() {}
    }
}

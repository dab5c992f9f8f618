package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.sql.Loss;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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

    /** {@return the revisions that it names as those before it; empty where the tool goes by versions} */
    List<String> after();

    /** {@return destructive statements of the upgrade} */
    List<CodeStatement> up();

    /** {@return destructive statements of the downgrade} */
    List<CodeStatement> down();

    /** {@return the date written in the file or in its name} */
    Optional<Instant> declared();

    /** {@return whether the tool would load it: not for a file that was put out of use, or a copy elsewhere} */
    @Value.Default
    default boolean loaded() {
        return true;
    }

    /** {@return whether the database has it, as far as a version table tells} */
    @Value.Default
    default Standing standing() {
        return Standing.UNKNOWN;
    }

    /** {@return when it was applied, where the version table has it} */
    Optional<Instant> applied();

    /** {@return its place in the order of application, from 1, where the version table tells} */
    OptionalInt place();

    /** {@return its life, the oldest change first; empty where history could not be read} */
    List<FileChange> history();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /** {@return what going up takes} */
    default Set<Loss> losesUp() {
        return losses(up());
    }

    /** {@return what coming down takes} */
    default Set<Loss> losesDown() {
        return losses(down());
    }

    private static Set<Loss> losses(List<CodeStatement> statements) {
        Set<Loss> losses = EnumSet.noneOf(Loss.class);
        statements.forEach(s -> losses.add(s.statement().loss()));
        return losses;
    }

    /** {@return the change that brought it into the repository, if history reaches it} */
    default Optional<FileChange> introduced() {
        return history().stream().filter(FileChange::begins).findFirst();
    }

    /** {@return the changes of its content after it was brought in: whoever had applied it before never ran them} */
    default List<FileChange> edits() {
        return history().stream()
                .dropWhile(c -> !c.begins())
                .filter(c -> c.kind() == FileChange.Kind.MODIFIED)
                .toList();
    }

    /**
     * {@return whether it was committed after that instant, by the clock of the committer; it may have been applied
     * before it was committed}
     *
     * @param instant such as the time of the loss
     */
    default boolean committedAfter(Instant instant) {
        return introduced().filter(c -> c.commit().committed().isAfter(instant)).isPresent();
    }

    /** Whether the database has a migration. */
    enum Standing {
        /** The version table has it. */
        APPLIED,
        /** The version table was read and does not have it. */
        PENDING,
        /** The version table says that it failed. */
        FAILED,
        /** The version table says that it was rolled back. */
        ROLLED_BACK,
        /** No version table of its tool was read. */
        UNKNOWN
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableMigration.Builder {
        Builder() {}
    }
}

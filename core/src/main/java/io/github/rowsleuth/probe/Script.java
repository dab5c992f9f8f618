package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.values.ValueStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** A file that can destroy data, or that looks as if it could. */
@Value.Immutable
@ValueStyle
public interface Script {

    /** {@return the path within its repository, with slashes} */
    String path();

    /** {@return such as {@code sql}, {@code python}, {@code shell}} */
    String language();

    /** {@return the commit at which the file was read} */
    CommitRef asOf();

    /** {@return the destructive statements in it; empty where only the name is suspicious} */
    List<CodeStatement> statements();

    /** {@return whether its name speaks of cleaning, deleting, purging: a weak sign} */
    boolean suspiciousName();

    /** {@return what stands between starting it and losing data, such as a typed confirmation or a dry run by default} */
    List<String> guards();

    /** {@return what the file is for, by its place and its content} */
    @Value.Default
    default Role role() {
        return Role.SCRIPT;
    }

    /** {@return its life, the oldest change first; empty where history could not be read} */
    List<FileChange> history();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /** {@return the change that brought the file into the repository, if history reaches it; of a copy, the copying} */
    default Optional<FileChange> introduced() {
        List<FileChange> begins = history().stream().filter(FileChange::begins).toList();
        return begins.stream()
                .filter(c -> c.kind() == FileChange.Kind.COPIED)
                .reduce((earlier, later) -> later)
                .or(() -> begins.stream().findFirst());
    }

    /** {@return how much the gravest of its statements can destroy; empty where it has none} */
    default Optional<Severity> severity() {
        return statements().stream().map(CodeStatement::severity).max(Comparator.naturalOrder());
    }

    /** What a file is for. */
    enum Role {
        /** A person or a job starts it. */
        SCRIPT,
        /** A part of an application. */
        APPLICATION,
        /** A test, or what tests are set up with. */
        TEST,
        /** Settings that make a program destructive. */
        SETTINGS
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableScript.Builder {
        Builder() {}
    }
}

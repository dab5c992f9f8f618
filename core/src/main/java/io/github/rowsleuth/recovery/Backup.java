package io.github.rowsleuth.recovery;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** A backup that was found, by what stands in it. */
@Value.Immutable
@ValueStyle
public interface Backup {

    /** {@return where it lies} */
    String path();

    /** {@return how it is written} */
    BackupFormat format();

    /** {@return when it was begun: what was committed before is in it. An interval where the file has local time without a zone} */
    @Value.Default
    default Moment begun() {
        return Moment.unknown();
    }

    /** {@return the database that was dumped; empty for a whole cluster, and where the file does not tell} */
    Optional<String> database();

    /** {@return the version of the server it was taken from} */
    Optional<String> serverVersion();

    /** {@return the tables in it by name; none for a copy of a whole cluster} */
    List<BackedUpTable> tables();

    /** {@return where in the write-ahead log recovery from it begins, for a copy of a cluster} */
    Optional<Lsn> recoveryFrom();

    /** {@return up to where recovery must at least go, for a copy of a cluster whose manifest tells} */
    Optional<Lsn> consistentAt();

    /** {@return what is wrong with it, such as a file that ends too early; empty if nothing was seen} */
    Optional<String> damage();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /**
     * {@return the table in it, if it is there}
     *
     * @param table a table, with or without its schema
     */
    default Optional<BackedUpTable> of(TableName table) {
        return tables().stream().filter(t -> table.matches(t.table())).findFirst();
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableBackup.Builder {
        Builder() {}
    }
}

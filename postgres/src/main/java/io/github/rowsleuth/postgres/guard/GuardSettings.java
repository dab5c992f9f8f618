package io.github.rowsleuth.postgres.guard;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.immutables.value.Value;

/** Everything that the layers need to know. What is missing makes its layer fail. */
@Value.Immutable
@Value.Style(
        visibility = Value.Style.ImplementationVisibility.PACKAGE,
        jdkOnly = true,
        allowedClasspathAnnotations = {Override.class})
interface GuardSettings {

    Optional<DataSource> source();

    List<DisposableDatabase> disposable();

    Optional<Path> backups();

    Optional<Path> databaseFiles();

    Optional<Path> journal();

    @Value.Default
    default long mostRows() {
        return 100_000;
    }

    @Value.Default
    default double largestShare() {
        return 0.10;
    }

    Set<String> knownTriggers();

    @Value.Default
    default InstantSource clock() {
        return InstantSource.system();
    }

    @Value.Default
    default Terminal terminal() {
        return Terminal.real();
    }

    @Value.Default
    default Devices devices() {
        return new Devices();
    }

    /** Called at each step, for tests that break in. */
    @Value.Default
    default Consumer<Step> observer() {
        return step -> {};
    }
}

package io.github.rowsleuth.postgres.junit;

import io.github.rowsleuth.postgres.watch.Expectation;
import io.github.rowsleuth.postgres.watch.Watch;
import io.github.rowsleuth.postgres.watch.WatchException;
import io.github.rowsleuth.postgres.watch.WatchMode;
import io.github.rowsleuth.postgres.watch.WatchedDatabase;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Fails every test that deletes a row, or lets one be deleted on any connection, without having said so. For JUnit Jupiter
 * 5.10 or newer and 6.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final DeletionWatch deletions =
 *         DeletionWatch.over(() -> database.dataSource()).allowing("public.sessions", 10);
 *
 * @Test
 * @ExpectDeletions(rows = 3, in = "public.orders")
 * void archiving_takes_the_three_old_orders() { … }
 *
 * @Test
 * void nothing_is_lost_on_the_way(Watch watch) { … watch.soFar() … }
 * }</pre>
 *
 * <p>Or {@link WatchDeletions} on the class, which finds the database in a field. The watch of a test ends after all other
 * extensions have done their work: what a framework rolls back is rolled back by then, and counts as an attempt only. If
 * the test has failed already, what was deleted is added to its failure.
 *
 * <p>One connection is held during each test. Tests that run at the same time need databases of their own; a second watch in
 * one database is refused. At the end of the run the triggers are removed; what a crash leaves, the next run takes over.
 *
 * <p>Immutable.
 */
public final class DeletionWatch implements BeforeEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(DeletionWatch.class);

    private final Optional<Supplier<? extends DataSource>> source;
    private final Optional<WatchMode> mode;
    private final boolean rowsShown;
    private final Expectation expectation;

    /** Makes one that finds the database in a field of the test, for {@link WatchDeletions}. */
    public DeletionWatch() {
        this(Optional.empty(), Optional.empty(), false, Expectation.noDeletions());
    }

    private DeletionWatch(
            Optional<Supplier<? extends DataSource>> source,
            Optional<WatchMode> mode,
            boolean rowsShown,
            Expectation expectation) {
        this.source = source;
        this.mode = mode;
        this.rowsShown = rowsShown;
        this.expectation = expectation;
    }

    /**
     * {@return a watch over the database of that data source}
     *
     * @param source gives connections of the PostgreSQL driver, pooled or not
     */
    public static DeletionWatch over(DataSource source) {
        return over(() -> source);
    }

    /**
     * {@return a watch over the database of the data source that is there when a test begins}
     *
     * @param source asked before every test
     */
    public static DeletionWatch over(Supplier<? extends DataSource> source) {
        return new DeletionWatch(Optional.of(source), Optional.empty(), false, Expectation.noDeletions());
    }

    /**
     * {@return this watch, in that mode}
     *
     * @param other how the database is watched
     */
    public DeletionWatch in(WatchMode other) {
        return new DeletionWatch(source, Optional.of(other), rowsShown, expectation);
    }

    /** {@return this watch, showing up to five deleted rows of a statement with their values} */
    public DeletionWatch showingRows() {
        return new DeletionWatch(source, mode, true, expectation);
    }

    /**
     * {@return this watch, with that expectation for every test; those of classes and methods are added to it}
     *
     * @param other what every test may delete
     */
    public DeletionWatch expecting(Expectation other) {
        return new DeletionWatch(source, mode, rowsShown, other);
    }

    /**
     * {@return this watch, and every test may delete so many rows from that table}
     *
     * @param table as it would stand in SQL; without a schema, a table of that name in any
     * @param most how many rows, at least 0
     * @throws IllegalArgumentException if it is not one table name, or the number is negative
     */
    public DeletionWatch allowing(String table, long most) {
        return expecting(expectation.allowing(table, most));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        // The annotations bring one of their own, for those who registered none.
        if (open(context).isEmpty()) {
            Footprint footprint = footprint(context);
            Expectation expected = Expectations.of(context, general(context));
            store.put(Watch.class, new OpenWatch(footprint.database().watch(name(context), expected)));
        }
    }

    private static Optional<Watch> open(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(Watch.class, OpenWatch.class))
                .map(OpenWatch::watch);
    }

    private Footprint footprint(ExtensionContext context) {
        DataSource database = source.<DataSource>map(Supplier::get)
                .orElseGet(() ->
                        DatabaseFields.of(context.getRequiredTestInstances().getAllInstances()));
        Optional<WatchDeletions> said = said(context);
        WatchMode wanted = mode.or(() -> said.map(WatchDeletions::mode)).orElse(WatchMode.TRIGGERS);
        boolean shown = rowsShown || said.filter(WatchDeletions::showRows).isPresent();
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        List.of(new Identity(database), wanted, shown),
                        key -> watched(database, wanted, shown),
                        Footprint.class);
    }

    private static Footprint watched(DataSource database, WatchMode mode, boolean shown) {
        WatchedDatabase watched = WatchedDatabase.of(database).in(mode);
        return new Footprint(shown ? watched.showingRows() : watched, mode);
    }

    private Expectation general(ExtensionContext context) {
        return said(context).filter(WatchDeletions::failOnAttempts).isPresent()
                ? expectation.failingOnAttempts()
                : expectation;
    }

    private static Optional<WatchDeletions> said(ExtensionContext context) {
        return context.getRequiredTestInstances().getAllInstances().stream()
                .flatMap(instance ->
                        AnnotationSupport.findAnnotation(instance.getClass(), WatchDeletions.class).stream())
                .findFirst();
    }

    private static String name(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Watch.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return open(context)
                .orElseThrow(
                        () -> new WatchException("expected a parameter of type Watch in a test or a @BeforeEach method,"
                                + " found one where no watch is open"));
    }

    /** A data source is the same if it is the same object, whatever it thinks of others. */
    private record Identity(DataSource source) {
        @Override
        @SuppressWarnings("ReferenceEquality") // A pool may call itself equal to another of the same URL.
        public boolean equals(Object other) {
            return other instanceof Identity that && source == that.source;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(source);
        }
    }
}

package io.github.rowsleuth.postgres.junit;

import io.github.rowsleuth.postgres.watch.WatchException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Finds the database of a test in its fields: a {@link DataSource}, also one that a framework put there, or a container of
 * Testcontainers. Of the latter only three methods are called, by name: its classes moved between its versions, and nobody
 * needs it who does not have it.
 */
final class DatabaseFields {

    private static final String CONTAINER = "org.testcontainers.junit.jupiter.Container";

    private DatabaseFields() {}

    /** The one of the innermost instance that has any. */
    static DataSource of(List<Object> instances) {
        List<Object> inner = new ArrayList<>(instances);
        Collections.reverse(inner);
        for (Object instance : inner) {
            List<DataSource> found = in(instance);
            if (found.size() > 1) {
                throw new WatchException(
                        "expected one DataSource or @Container field in "
                                + instance.getClass().getName() + ", found " + found.size()
                                + ": say which one is to be watched, with DeletionWatch.over(…) in a static @RegisterExtension field");
            }
            if (found.size() == 1) {
                return found.get(0);
            }
        }
        throw new WatchException(
                "expected a field of type javax.sql.DataSource, or a @Container field of Testcontainers"
                        + " with a JDBC URL, that is set before the test; found none. Add one, or use DeletionWatch.over(…) in a"
                        + " static @RegisterExtension field");
    }

    private static List<DataSource> in(Object instance) {
        List<DataSource> dataSources = new ArrayList<>();
        List<DataSource> containers = new ArrayList<>();
        for (Field field : fields(instance.getClass())) {
            value(field, instance).ifPresent(value -> {
                if (value instanceof DataSource dataSource) {
                    dataSources.add(dataSource);
                } else if (Arrays.stream(field.getAnnotations())
                        .anyMatch(a -> a.annotationType().getName().equals(CONTAINER))) {
                    container(value).ifPresent(containers::add);
                }
            });
        }
        return dataSources.isEmpty() ? containers : dataSources;
    }

    private static List<Field> fields(Class<?> type) {
        return Stream.<Class<?>>iterate(type, t -> t != null && t != Object.class, Class::getSuperclass)
                .flatMap(t -> Arrays.stream(t.getDeclaredFields()))
                .filter(field -> !field.isSynthetic())
                .filter(field ->
                        DataSource.class.isAssignableFrom(field.getType()) || field.getAnnotations().length > 0)
                .toList();
    }

    private static Optional<Object> value(Field field, Object instance) {
        try {
            field.setAccessible(true);
            return Optional.ofNullable(field.get(Modifier.isStatic(field.getModifiers()) ? null : instance));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new WatchException(
                    "expected to read the field " + field + ", and may not: open its package to the"
                            + " module io.github.rowsleuth.postgres, or use DeletionWatch.over(…)",
                    e);
        }
    }

    private static Optional<DataSource> container(Object container) {
        Optional<String> url = text(container, "getJdbcUrl");
        return url.map(jdbcUrl -> {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(jdbcUrl);
            text(container, "getUsername").ifPresent(source::setUser);
            text(container, "getPassword").ifPresent(source::setPassword);
            return source;
        });
    }

    private static Optional<String> text(Object object, String method) {
        try {
            Method getter = object.getClass().getMethod(method);
            getter.setAccessible(true);
            @Nullable Object value = getter.invoke(object);
            return Optional.ofNullable(value).map(Object::toString);
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new WatchException(
                    "expected a running container in a @Container field, found that " + method
                            + "() failed: put @WatchDeletions below @Testcontainers",
                    e);
        }
    }
}

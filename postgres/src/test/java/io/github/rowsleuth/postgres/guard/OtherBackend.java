package io.github.rowsleuth.postgres.guard;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Real connections, of which the driver believes that another process is at the other end, as behind a pooler. */
record OtherBackend(DataSource real) {

    DataSource dataSource() {
        return proxy(DataSource.class, real, "getConnection", value -> connection((Connection) value));
    }

    private static Connection connection(Connection real) {
        return proxy(Connection.class, real, "unwrap", value -> driver((PGConnection) value));
    }

    private static PGConnection driver(PGConnection real) {
        return proxy(PGConnection.class, real, "getBackendPID", value -> (Integer) value + 1);
    }

    @FunctionalInterface
    private interface Change {
        Object of(Object value);
    }

    private static <T> T proxy(Class<T> type, T real, String method, Change change) {
        InvocationHandler handler = (proxy, called, arguments) -> {
            try {
                Object value = called.invoke(real, arguments);
                return called.getName().equals(method) ? change.of(value) : value;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(OtherBackend.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

package io.github.rowsleuth.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** Counts what is asked of the server: statements, and copies, for which the driver has to be unwrapped. */
final class CountingDataSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;
    private static final Set<String> ASKS = Set.of("prepareStatement", "createStatement", "unwrap");

    private final AtomicInteger statements = new AtomicInteger();

    CountingDataSource(String url) {
        setUrl(url);
    }

    int statements() {
        return statements.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (ASKS.contains(method.getName())) {
                        statements.incrementAndGet();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package io.github.rowsleuth.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;

/** A data source of which a test watches every call, down to the rows. */
final class WatchedDataSource {
    private static final Set<Class<?>> FOLLOWED =
            Set.of(Connection.class, Statement.class, PreparedStatement.class, ResultSet.class);

    /** Sees a call before it is made, and may make it fail. */
    @FunctionalInterface
    interface Watch {
        void before(Method method) throws SQLException;
    }

    private WatchedDataSource() {}

    static DataSource of(DataSource real, Watch watch) {
        return DataSource.class.cast(watched(real, DataSource.class, watch));
    }

    private static Object watched(Object real, Class<?> type, Watch watch) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            watch.before(method);
            try {
                Object result = method.invoke(real, arguments);
                Class<?> returned = method.getReturnType();
                return FOLLOWED.contains(returned) && result != null ? watched(result, returned, watch) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}

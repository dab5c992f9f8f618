package io.github.rowsleuth.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source that counts the statements that go through it. */
final class Statements {
    private static final Set<Class<?>> FOLLOWED = Set.of(Connection.class, Statement.class, PreparedStatement.class);

    private final DataSource real;
    private final AtomicInteger count = new AtomicInteger();

    Statements(DataSource real) {
        this.real = real;
    }

    int count() {
        return count.get();
    }

    DataSource dataSource() {
        return DataSource.class.cast(followed(real, DataSource.class));
    }

    private Object followed(Object target, Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                count.incrementAndGet();
            }
            try {
                Object result = method.invoke(target, arguments);
                return FOLLOWED.contains(method.getReturnType()) ? followed(result, method.getReturnType()) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}

package dev.exeunt.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;

/** Reuses closed connections in tests with very many calls. For tests with very many calls. */
public final class TestConnectionPool extends TestDataSource implements AutoCloseable {

    private final DataSource fresh;
    private final Deque<Connection> idle = new ArrayDeque<>();

    public TestConnectionPool(DataSource fresh) {
        this.fresh = fresh;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection kept = taken();
        Connection real = kept == null ? fresh.getConnection() : kept;
        return (Connection) Proxy.newProxyInstance(
                TestConnectionPool.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("close")) {
                        giveBack(real);
                        return null;
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private synchronized Connection taken() {
        return idle.poll();
    }

    private void giveBack(Connection real) throws SQLException {
        if (real.isClosed()) {
            return;
        }
        if (!real.getAutoCommit()) {
            real.rollback();
        }
        synchronized (this) {
            idle.push(real);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        for (Connection connection : idle) {
            connection.close();
        }
        idle.clear();
    }
}

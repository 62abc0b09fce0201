package dev.exeunt.support.message;

import dev.exeunt.testkit.TestDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Writes down each statement that is prepared, each commit and each rollback, on the way to a real database. */
final class StatementRecorder extends TestDataSource {

    private final DataSource real;
    private final List<String> calls = new ArrayList<>();

    StatementRecorder(DataSource real) {
        this.real = real;
    }

    /** Returns what was done since the last call of this method. */
    List<String> taken() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = real.getConnection();
        return (Connection) Proxy.newProxyInstance(
                StatementRecorder.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    calls.add(method.getName()
                            + (args != null && args.length > 0 && args[0] instanceof String sql ? " " + sql : ""));
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

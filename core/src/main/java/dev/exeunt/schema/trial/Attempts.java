package dev.exeunt.schema.trial;

import dev.exeunt.postgres.SqlFault;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs statements that may fail: all in one go, and one by one only where one of them does. */
final class Attempts {

    private final Connection connection;

    Attempts(Connection connection) {
        this.connection = connection;
    }

    /** What PostgreSQL has against each that failed; what the others did stays. Any other error is thrown. */
    Map<Probe, SqlFault> of(List<Probe> probes, Function<Probe, List<String>> statements) throws SQLException {
        Map<Probe, SqlFault> faults = new LinkedHashMap<>();
        if (probes.isEmpty()
                || attempt(probes.stream().map(statements).flatMap(List::stream).toList()) == null) {
            return faults;
        }
        for (Probe probe : probes) {
            SqlFault fault = attempt(statements.apply(probe));
            if (fault != null) {
                faults.put(probe, fault);
            }
        }
        return faults;
    }

    private @Nullable SqlFault attempt(List<String> statements) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.addBatch(sql);
            }
            statement.executeBatch();
            connection.releaseSavepoint(before);
            return null;
        } catch (BatchUpdateException e) {
            SqlFault fault = SqlFault.of(e);
            if (fault == null) {
                throw e;
            }
            connection.rollback(before);
            return fault;
        }
    }
}

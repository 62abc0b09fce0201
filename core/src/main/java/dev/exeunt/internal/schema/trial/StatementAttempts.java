package dev.exeunt.internal.schema.trial;

import dev.exeunt.internal.postgres.ServerSqlError;
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

/** Runs statements that may fail: all in one batch, and one by one only if the batch fails. */
final class StatementAttempts {

    private final Connection connection;

    StatementAttempts(Connection connection) {
        this.connection = connection;
    }

    /** What PostgreSQL has against each that failed; what the others did stays. Any other error is thrown. */
    Map<TrialStatements, ServerSqlError> run(
            List<TrialStatements> probes, Function<TrialStatements, List<String>> statements) throws SQLException {
        Map<TrialStatements, ServerSqlError> faults = new LinkedHashMap<>();
        if (probes.isEmpty()
                || attempt(probes.stream().map(statements).flatMap(List::stream).toList()) == null) {
            return faults;
        }
        for (TrialStatements probe : probes) {
            ServerSqlError fault = attempt(statements.apply(probe));
            if (fault != null) {
                faults.put(probe, fault);
            }
        }
        return faults;
    }

    private @Nullable ServerSqlError attempt(List<String> statements) throws SQLException {
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
            ServerSqlError fault = ServerSqlError.of(e);
            if (fault == null) {
                throw e;
            }
            connection.rollback(before);
            return fault;
        }
    }
}

package dev.exeunt.internal.schema.trial;

import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.ServerSqlError;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTokens;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks PostgreSQL to parse the map's SQL and reports what each text calls and reads, without running it. Nothing of it
 * is run, not even to plan it, which would evaluate what is constant. A text that would not stay between the
 * parentheses it is put into is not sent at all.
 */
public final class SqlValidator {

    /** Gives up on a table that another transaction locks against readers this long; that is no fault of the map. */
    private static final SqlFragment SETTINGS = SqlFragment.of("SET LOCAL lock_timeout = '10s'");

    private SqlValidator() {}

    /**
     * Runs inside the connection's open transaction and leaves nothing in it: no view, no prepared statement, no lock, no
     * setting. A handful of round trips, whatever the number of texts, and two more for each that is at fault.
     *
     * @throws DatabaseException where it cannot be tried: the connection is lost, a table is locked; the transaction is then as
     *     failed as after any error
     */
    public static SqlValidationResult validate(Connection connection, Collection<? extends MapSql> texts) {
        if (texts.isEmpty()) {
            return SqlValidationResult.NONE;
        }
        try {
            Savepoint before = connection.setSavepoint();
            SqlRunner.execute(connection, SETTINGS);
            SearchPath.toRole(connection);
            SqlValidationResult tried = new SqlValidationResult(verdicts(connection, new LinkedHashSet<>(texts)));
            connection.rollback(before);
            return tried;
        } catch (SQLException e) {
            throw DatabaseException.of(e, "trying the map's SQL");
        }
    }

    private static Map<MapSql, SqlVerdict> verdicts(Connection connection, Collection<MapSql> texts)
            throws SQLException {
        Map<MapSql, SqlVerdict> verdicts = new LinkedHashMap<>();
        List<TrialStatements> whole = new ArrayList<>();
        for (MapSql text : texts) {
            Optional<SqlTokens.SqlEmbeddingFault> fault =
                    SqlTokens.of(text.sql()).fault();
            if (fault.isEmpty() && text instanceof MapSql.SubjectQuery) {
                fault = QueryPlaceholders.in(text.sql()).fault();
            }
            if (fault.isPresent()) {
                int place = text.sql().codePointCount(0, fault.get().at());
                verdicts.put(text, SqlVerdict.faulty(fault.get().why(), place));
            } else {
                whole.add(new TrialStatements(text, "exeunt_trial_" + whole.size()));
            }
        }
        StatementAttempts attempts = new StatementAttempts(connection);
        Map<TrialStatements, ServerSqlError> faults =
                attempts.run(whole, p -> List.of(p.prepared(), TrialStatements.FORGOTTEN));
        faults.forEach((probe, fault) ->
                verdicts.put(probe.text(), new SqlVerdict(probe.fault(fault), SqlVerdict.SqlDependencies.NOTHING)));
        List<TrialStatements> sound =
                whole.stream().filter(p -> !faults.containsKey(p)).toList();
        SqlDependencyReader.read(connection, attempts, sound)
                .forEach((probe, insides) -> verdicts.put(probe.text(), new SqlVerdict(null, insides)));
        return verdicts;
    }
}

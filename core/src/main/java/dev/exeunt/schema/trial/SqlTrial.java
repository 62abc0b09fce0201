package dev.exeunt.schema.trial;

import dev.exeunt.postgres.DatabaseException;
import dev.exeunt.postgres.SearchPath;
import dev.exeunt.postgres.SqlFault;
import dev.exeunt.postgres.SqlTokens;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has PostgreSQL parse the map's own SQL and tell what it found in it. Nothing of it is run, not even to plan it, which would
 * evaluate what is constant. A text that would not stay between the parentheses it is put into is not sent at all.
 */
public final class SqlTrial {

    /** Whoever holds a table's lock against readers this long, it is no fault of the map. */
    private static final String SETTINGS = "SET LOCAL lock_timeout = '10s'";

    private SqlTrial() {}

    /**
     * Runs inside the connection's open transaction and leaves nothing in it: no view, no prepared statement, no lock, no
     * setting. A handful of round trips, whatever the number of texts, and two more for each that is at fault.
     *
     * @throws DatabaseException where it cannot be tried: the connection is lost, a table is locked; the transaction is then as
     *     failed as after any error
     */
    public static TriedSql of(Connection connection, Collection<? extends MapSql> texts) {
        if (texts.isEmpty()) {
            return TriedSql.NONE;
        }
        try {
            Savepoint before = connection.setSavepoint();
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETTINGS);
            }
            SearchPath.toRole(connection);
            TriedSql tried = new TriedSql(verdicts(connection, new LinkedHashSet<>(texts)));
            connection.rollback(before);
            return tried;
        } catch (SQLException e) {
            throw DatabaseException.of(e, "trying the map's SQL");
        }
    }

    private static Map<MapSql, Verdict> verdicts(Connection connection, Collection<MapSql> texts) throws SQLException {
        Map<MapSql, Verdict> verdicts = new LinkedHashMap<>();
        List<Probe> whole = new ArrayList<>();
        for (MapSql text : texts) {
            Optional<SqlTokens.Fault> fault = SqlTokens.of(text.sql()).fault();
            if (fault.isEmpty() && text instanceof MapSql.Query) {
                fault = Placeholders.in(text.sql()).fault();
            }
            if (fault.isPresent()) {
                int place = text.sql().codePointCount(0, fault.get().at());
                verdicts.put(text, Verdict.faulty(fault.get().why(), place));
            } else {
                whole.add(new Probe(text, "exeunt_trial_" + whole.size()));
            }
        }
        Attempts attempts = new Attempts(connection);
        Map<Probe, SqlFault> faults = attempts.of(whole, p -> List.of(p.prepared(), Probe.FORGOTTEN));
        faults.forEach(
                (probe, fault) -> verdicts.put(probe.text(), new Verdict(probe.fault(fault), Verdict.Insides.NOTHING)));
        List<Probe> sound = whole.stream().filter(p -> !faults.containsKey(p)).toList();
        Insight.into(connection, attempts, sound)
                .forEach((probe, insides) -> verdicts.put(probe.text(), new Verdict(null, insides)));
        return verdicts;
    }
}

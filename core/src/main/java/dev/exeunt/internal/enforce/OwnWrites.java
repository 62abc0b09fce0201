package dev.exeunt.internal.enforce;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.TransactionWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lets Exeunt write rows of locked people, which triggers refuse everyone else, and enters erased people. Does nothing where
 * nothing is enforced.
 */
public final class OwnWrites {

    /** A role that may not use the schema can ask this. */
    private static final SqlFragment ENFORCED = SqlFragment.of("""
            SELECT EXISTS (SELECT FROM pg_catalog.pg_class AS c
                JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
                WHERE n.nspname OPERATOR(pg_catalog.=) 'exeunt' AND c.relname OPERATOR(pg_catalog.=) 'own_write')""");

    /** The number of a transaction is never used again. */
    private static final SqlFragment BEGIN = SqlFragment.of("""
            INSERT INTO exeunt.own_write SELECT pg_catalog.pg_current_xact_id() ON CONFLICT DO NOTHING""");

    private static final SqlFragment END = SqlFragment.of("""
            DELETE FROM exeunt.own_write WHERE transaction OPERATOR(pg_catalog.=) pg_catalog.pg_current_xact_id()""");

    private OwnWrites() {}

    /** Does this work in the open transaction. After an exception the transaction, or its savepoint, must be rolled back. */
    public static <T> T allow(Connection connection, TransactionWork<T> work) throws SQLException {
        if (!SqlRunner.isTrue(connection, ENFORCED) || SqlRunner.update(connection, BEGIN) == 0) {
            return work.run(connection);
        }
        T result = work.run(connection);
        SqlRunner.update(connection, END);
        return result;
    }

    /** Enters people who were just erased in the open transaction, as far as their rows stay. */
    public static void enterErased(Connection connection, List<List<String>> people) throws SQLException {
        if (people.isEmpty() || !SqlRunner.isTrue(connection, ENFORCED)) {
            return;
        }
        int parts = people.get(0).size();
        List<SqlFragment> columns = IntStream.range(0, parts)
                .mapToObj(part -> SqlTemplate.of(":part::pg_catalog.text[]")
                        .bind("part", people.stream().map(p -> p.get(part)).toArray(String[]::new))
                        .toFragment())
                .toList();
        String names = IntStream.range(0, parts).mapToObj(part -> "k" + part).collect(Collectors.joining(", "));
        SqlRunner.call(
                connection,
                SqlTemplate.of("""
                                SELECT exeunt.refresh_absence(ARRAY[{names}], TRUE)
                                FROM pg_catalog.unnest({columns}) AS p({names})""")
                        .fragment("names", names)
                        .fragments("columns", ", ", columns)
                        .toFragment());
    }
}

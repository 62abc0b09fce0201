package dev.exeunt.internal.postgres;

import dev.exeunt.database.DatabaseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a statement with its values bound and reads its rows. Statement and result are closed before a method returns. Errors are passed on
 * as the driver throws them; the code that opened the transaction makes a {@link DatabaseException} of them.
 */
public final class SqlRunner {

    private SqlRunner() {}

    /** Maps the row that the result set is on. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Takes the row that the result set is on. */
    @FunctionalInterface
    public interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    /** Returns the texts of a {@code text[]} column that holds no NULL and is none. */
    public static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** Returns the moment of a {@code timestamptz} column; null where it is NULL. */
    public static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** Returns all rows, in order. */
    public static <T> List<T> list(Connection connection, SqlFragment sql, RowMapper<T> mapper) throws SQLException {
        List<T> all = new ArrayList<>();
        forEach(connection, sql, 0, row -> all.add(mapper.map(row)));
        return all;
    }

    /** Returns the first row, or nothing if there are no rows. The mapper must not return {@code null}. */
    public static <T> Optional<T> first(Connection connection, SqlFragment sql, RowMapper<T> mapper)
            throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(mapper.map(row)) : Optional.empty();
        }
    }

    /**
     * Returns the first row of a query that always has one.
     *
     * @throws IllegalStateException if it has none
     */
    public static <T> T one(Connection connection, SqlFragment sql, RowMapper<T> mapper) throws SQLException {
        return first(connection, sql, mapper).orElseThrow(() -> new IllegalStateException("a query without a row"));
    }

    /** Returns the number in the first column of the first row, as {@code SELECT count(*)} has it. */
    public static long count(Connection connection, SqlFragment sql) throws SQLException {
        return one(connection, sql, row -> row.getLong(1));
    }

    /** Returns the truth value in the first column of the first row, as {@code SELECT EXISTS (…)} has it. NULL is false. */
    public static boolean isTrue(Connection connection, SqlFragment sql) throws SQLException {
        return one(connection, sql, row -> row.getBoolean(1));
    }

    /** Runs a query for what its functions do, such as {@code set_config}, and ignores its rows. */
    public static void call(Connection connection, SqlFragment sql) throws SQLException {
        forEach(connection, sql, 0, row -> {});
    }

    /** Returns whether the query has a row. */
    public static boolean exists(Connection connection, SqlFragment sql) throws SQLException {
        return first(connection, sql, row -> true).isPresent();
    }

    /** Runs an INSERT, UPDATE or DELETE and returns how many rows it wrote. */
    public static long update(Connection connection, SqlFragment sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            return statement.executeLargeUpdate();
        }
    }

    /**
     * Runs statements that take no parameters, such as {@code SET} or {@code LOCK TABLE}, one or several with semicolons between. Values
     * stand in them as literals.
     */
    public static void execute(Connection connection, SqlFragment sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql.inlined());
        }
    }

    /**
     * Hands over each row and holds no more than {@code fetchSize} of them in memory at once.
     *
     * @param fetchSize rows that the driver fetches at a time within a transaction; 0 fetches all at once
     * @return how many rows there were
     */
    public static long forEach(Connection connection, SqlFragment sql, int fetchSize, RowConsumer consumer)
            throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            statement.setFetchSize(fetchSize);
            try (ResultSet row = statement.executeQuery()) {
                long rows = 0;
                while (row.next()) {
                    consumer.accept(row);
                    rows++;
                }
                return rows;
            }
        }
    }
}

package dev.exeunt.internal.replay;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Reads and writes the rows of exeunt.replay. */
record ReplayTable(Connection connection) {

    /** Returns the position of the first lost entry of a replay that was not finished. */
    Optional<Long> open() throws SQLException {
        return SqlRunner.first(
                connection,
                SqlFragment.of("SELECT first_position FROM exeunt.replay WHERE ended_at IS NULL ORDER BY 1 LIMIT 1"),
                row -> row.getLong(1));
    }

    void begin(long first, long last, Instant now) throws SQLException {
        SqlRunner.update(
                connection,
                SqlTemplate.of("""
                                INSERT INTO exeunt.replay (first_position, last_position, begun_at)
                                VALUES (:first, :last, :now)""")
                        .bind("first", first)
                        .bind("last", last)
                        .bind("now", now)
                        .toFragment());
    }

    void end(Instant now) throws SQLException {
        SqlRunner.update(
                connection,
                SqlTemplate.of("UPDATE exeunt.replay SET ended_at = :now WHERE ended_at IS NULL")
                        .bind("now", now)
                        .toFragment());
    }
}

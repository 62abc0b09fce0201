package dev.exeunt.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs inside a transaction and returns a result. */
@FunctionalInterface
public interface TransactionWork<T> {
    T run(Connection connection) throws SQLException;
}

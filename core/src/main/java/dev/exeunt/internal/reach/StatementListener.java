package dev.exeunt.internal.reach;

import dev.exeunt.erase.RehearsalResult.StatementKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.schema.TableName;
import java.util.List;

/** Told of each statement of an erasure as it begins and when it is done; of one that fails only the beginning. */
public interface StatementListener {

    /** Listens to nothing. */
    StatementListener NONE = new StatementListener() {
        @Override
        public void begins(ErasureStatement statement) {}

        @Override
        public void ended(long rows) {}
    };

    void begins(ErasureStatement statement);

    /** @param rows found, changed or deleted */
    void ended(long rows);

    /**
     * Describes one statement of an erasure: kind, purpose, tables and SQL.
     *
     * @param what for people, without a value: {@code deleting from comments}
     * @param tables what it reads or writes; none where that cannot be said
     */
    record ErasureStatement(StatementKind kind, String what, List<TableName> tables, SqlFragment sql) {

        public ErasureStatement {
            tables = List.copyOf(tables);
        }

        public boolean writes() {
            return kind == StatementKind.UPDATE || kind == StatementKind.DELETE;
        }

        /** Without the values, which are a person's. */
        @Override
        public String toString() {
            return "ErasureStatement[" + what + "]";
        }
    }
}

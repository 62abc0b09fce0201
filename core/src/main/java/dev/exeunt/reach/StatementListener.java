package dev.exeunt.reach;

import dev.exeunt.postgres.Fragment;
import dev.exeunt.schema.TableName;
import java.util.List;

/** Told of each statement of an erasure as it begins and when it is done; of one that fails only the beginning. */
public interface StatementListener {

    /** Listens to nothing. */
    StatementListener NONE = new StatementListener() {
        @Override
        public void begins(Statement statement) {}

        @Override
        public void ended(long rows) {}
    };

    void begins(Statement statement);

    /** @param rows found, changed or deleted */
    void ended(long rows);

    /** What a statement is for. */
    enum Kind {
        /** finding and locking a role's rows */
        FIND,
        UPDATE,
        DELETE,
        /** checking the constraints put off until then */
        DEFERRED,
        /** looking for links once more */
        VERIFY
    }

    /**
     * @param what for people, without a value: {@code deleting from comments}
     * @param tables what it reads or writes; none where that cannot be said
     */
    record Statement(Kind kind, String what, List<TableName> tables, Fragment sql) {

        public Statement {
            tables = List.copyOf(tables);
        }

        public boolean writes() {
            return kind == Kind.UPDATE || kind == Kind.DELETE;
        }

        /** Without the values, which are a person's. */
        @Override
        public String toString() {
            return "Statement[" + what + "]";
        }
    }
}

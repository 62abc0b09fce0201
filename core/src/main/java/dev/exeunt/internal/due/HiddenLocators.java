package dev.exeunt.internal.due;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.hide.RowRestorer;
import dev.exeunt.internal.outbox.OutboxWriter;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.DueRequest;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

/**
 * Reads where the data of people is in other systems while requests hide their rows. Rows that were moved out of their tables are put back
 * for the query, and a savepoint takes that back. Costs one query for each system, and a restore for each request with such rows.
 */
public final class HiddenLocators {

    private HiddenLocators() {}

    /** Reads them for the events of this transaction. Where the map has no locators, it does nothing. */
    public static void read(RequestTransaction transaction, List<SubjectKey> people) throws SQLException {
        OutboxWriter outbox = transaction.outbox();
        if (!outbox.hasLocators() || people.isEmpty()) {
            return;
        }
        List<DueRequest> stashing = transaction.requests().findStashing(people);
        if (stashing.isEmpty()) {
            outbox.readLocators(people);
            return;
        }
        Savepoint hidden = transaction.connection().setSavepoint();
        DatabaseSchema schema = SchemaReader.read(transaction.connection());
        for (DueRequest each : stashing) {
            new RowRestorer(transaction.connection(), schema, each.request().id()).restoreStashedRows();
        }
        outbox.readLocators(people);
        transaction.connection().rollback(hidden);
    }

    /**
     * The same, but reads none of a person of whom they cannot be read. The erasure reads them again, and reports what prevents it: one
     * person's rows stop no other person's erasure.
     */
    static void readWherePossible(RequestTransaction transaction, List<SubjectKey> people) throws SQLException {
        if (!isRead(transaction, people)) {
            for (SubjectKey each : people) {
                isRead(transaction, List.of(each));
            }
        }
    }

    private static boolean isRead(RequestTransaction transaction, List<SubjectKey> people) throws SQLException {
        Savepoint before = transaction.connection().setSavepoint();
        try {
            read(transaction, people);
            return true;
        } catch (SQLException | ExeuntException e) {
            transaction.connection().rollback(before);
            return false;
        }
    }
}

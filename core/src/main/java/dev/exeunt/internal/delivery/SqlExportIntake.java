package dev.exeunt.internal.delivery;

import dev.exeunt.export.ExportRefusedException;
import dev.exeunt.export.ExportRefusedException.ExportRefusalReason;
import dev.exeunt.internal.entry.SqlRequestQueue;
import dev.exeunt.internal.entry.SqlRequestTable;
import dev.exeunt.internal.entry.SqlRequestTable.SqlRefusal;
import dev.exeunt.internal.entry.SqlRequestTable.SqlRequest;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.request.Actor;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Submits the exports that people asked for in SQL. */
final class SqlExportIntake implements SqlRequestQueue.SqlRequestHandler {

    private final ExportSettings settings;

    SqlExportIntake(ExportSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean accept(RequestTransaction transaction, SqlRequest request) throws SQLException {
        if (!transaction.lockUnlessErased(request.subject())) {
            throw ExportRefusedException.of(
                    ExportRefusalReason.TOO_LATE, "It is too late: the account has been erased.");
        }
        if (!new SqlRequestTable(transaction).take(request.id())) {
            return false;
        }
        new ExportSubmission(transaction, request.subject(), settings)
                .submit(ExportContent.all(settings.format()), Actor.SELF, null);
        return true;
    }

    @Override
    public Optional<SqlRefusal> refusal(RuntimeException thrown) {
        return thrown instanceof ExportRefusedException refused
                ? Optional.of(new SqlRefusal(
                        refused.why().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        String.valueOf(refused.getMessage()),
                        List.of()))
                : Optional.empty();
    }
}

package dev.exeunt.internal.delivery;

import dev.exeunt.database.DatabaseException;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.export.ExportJobs.ExportSink;
import dev.exeunt.export.ExportRefusedException;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.erase.ErasurePreviewReader;
import dev.exeunt.internal.export.Exporter;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.FailureText;
import dev.exeunt.internal.request.HiddenDataExport;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.Actor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * Streams a person's data to the caller while reading it, and stores no archive. From the start its row says that there
 * is nothing to fetch. If the instance dies meanwhile, no other worker takes the export up.
 */
final class StreamingExport {

    private final LifecycleContext context;
    private final ApprovedExport ticket;

    StreamingExport(LifecycleContext context, ApprovedExport ticket) {
        this.context = context;
        this.ticket = ticket;
    }

    /** Identifies a streamed export that passed all checks and is recorded. */
    record ApprovedExport(UUID id, SubjectKey subject, Instant now) {
        @Override
        public String toString() {
            return "ApprovedExport[" + id + "]";
        }
    }

    static void requireRowsAtMost(RequestTransaction transaction, SubjectKey subject, long most) throws SQLException {
        Plan plan = transaction.context().plan();
        ErasurePreview preview = ErasurePreviewReader.read(
                transaction.connection(),
                plan,
                new LeavingPeople(List.of(subject), transaction.context().erasedPeople()),
                transaction.now());
        long rows = preview.roles().stream()
                .mapToLong(ErasurePreview.RolePreview::rows)
                .sum();
        if (rows > most) {
            throw ExportRefusedException.of(
                    ExportRefusedException.ExportRefusalReason.TOO_LARGE,
                    "There is too much for an answer at once: more than " + most
                            + " rows. Ask for an export that is made in the background.");
        }
    }

    ExportSummary writeTo(ExportSink sink) {
        try {
            ExportSummary summary = write(sink);
            RequestTransaction.runAndCommit(context, "finishing an export", transaction -> {
                new ExportJobTable(transaction)
                        .setReady(ticket.id(), summary.bytes(), summary.rows(), transaction.now());
                transaction.recordEvent(AuditEventType.DATA_EXPORT_FETCHED, ticket.id(), Actor.SELF, null);
                return true;
            });
            return summary;
        } catch (RuntimeException e) {
            RequestTransaction.runAndCommit(context, "breaking an export off", transaction -> {
                SqlFragment failure = SqlTemplate.of(", failure = :failure")
                        .bind("failure", FailureText.of(e))
                        .toFragment();
                new ExportJobTable(transaction).change(ticket.id(), 0, ExportTransition.BREAK_OFF, failure);
                transaction.recordEvent(AuditEventType.DATA_EXPORT_FAILED, ticket.id(), Actor.EXEUNT, null);
                return true;
            });
            throw e;
        }
    }

    private ExportSummary write(ExportSink sink) {
        try (Connection connection = context.database().connect()) {
            OutputStream out =
                    sink.open(ExportAttachment.of(context, ticket.subject(), BundleFormat.JSON, ticket.now()));
            Clock moment = Clock.fixed(ticket.now(), ZoneOffset.UTC);
            return HiddenDataExport.including(
                            new Exporter(connection, context.plan(), moment, context.progress())
                                    .withErasedPeople(context.erasedPeople()),
                            connection,
                            context.plan(),
                            ticket.subject())
                    .export(ticket.subject(), BundleFormat.JSON, out);
        } catch (SQLException e) {
            throw DatabaseException.of(e, "exporting");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

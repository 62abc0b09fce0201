package dev.exeunt.delivery;

import dev.exeunt.archive.Attachment;
import dev.exeunt.erase.Preview;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.EventName;
import dev.exeunt.lifecycle.Desk;
import dev.exeunt.lifecycle.Lifting;
import dev.exeunt.lifecycle.Reason;
import dev.exeunt.lifecycle.Setting;
import dev.exeunt.map.ExportSettings.Format;
import dev.exeunt.plan.Plan;
import dev.exeunt.postgres.DatabaseException;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.reach.SubjectKey;
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
 * An export that is handed over while it is read. Its row says from the beginning that there is nothing to fetch any more, so
 * that an instance that dies in the middle leaves nothing for anybody to take up.
 */
public final class Direct {

    private final Setting setting;
    private final Ticket ticket;

    Direct(Setting setting, Ticket ticket) {
        this.setting = setting;
        this.ticket = ticket;
    }

    /** Where it goes. */
    @FunctionalInterface
    public interface Sink {
        /** Asked once. The stream is flushed, and stays open. */
        OutputStream open(Attachment attachment) throws IOException;
    }

    /** That it may be made. */
    record Ticket(UUID id, SubjectKey subject, Instant now) {
        @Override
        public String toString() {
            return "Ticket[" + id + "]";
        }
    }

    static void refuseLarge(Desk desk, SubjectKey subject, long most) throws SQLException {
        Plan plan = desk.setting().plan();
        Preview preview = Preview.of(desk.connection(), plan, List.of(subject), desk.now());
        long rows = preview.rows().values().stream().mapToLong(Long::longValue).sum();
        if (rows > most) {
            throw ExportRefusedException.of(
                    ExportRefusedException.Why.TOO_LARGE,
                    "There is too much for an answer at once: more than " + most
                            + " rows. Ask for an export that is made in the background.");
        }
    }

    ExportSummary to(Sink sink) {
        try {
            ExportSummary summary = write(sink);
            Desk.committed(setting, "finishing an export", desk -> {
                new Jobs(desk).ready(ticket.id(), summary.bytes(), summary.rows(), desk.now());
                desk.events().append(EventName.DATA_EXPORT_FETCHED, desk.now(), ticket.id(), Actor.SELF, null);
                return true;
            });
            return summary;
        } catch (RuntimeException e) {
            Desk.committed(setting, "breaking an export off", desk -> {
                Fragment failure = Fragment.of(", failure = ?", Reason.of(e));
                new Jobs(desk).change(ticket.id(), 0, ExportTransition.BREAK_OFF, failure);
                desk.events().append(EventName.DATA_EXPORT_FAILED, desk.now(), ticket.id(), Actor.EXEUNT, null);
                return true;
            });
            throw e;
        }
    }

    private ExportSummary write(Sink sink) {
        try (Connection connection = setting.database().connect()) {
            OutputStream out = sink.open(Exports.attachment(setting, ticket.subject(), Format.JSON, ticket.now()));
            Clock moment = Clock.fixed(ticket.now(), ZoneOffset.UTC);
            return Lifting.exporter(connection, setting.plan(), moment, setting.progress(), ticket.subject())
                    .export(ticket.subject(), Format.JSON, out);
        } catch (SQLException e) {
            throw DatabaseException.of(e, "exporting");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

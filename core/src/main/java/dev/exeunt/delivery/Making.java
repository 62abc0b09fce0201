package dev.exeunt.delivery;

import dev.exeunt.Progress;
import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.ObjectName;
import dev.exeunt.delivery.Exports.Terms;
import dev.exeunt.delivery.Jobs.Row;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.EventName;
import dev.exeunt.lifecycle.Desk;
import dev.exeunt.lifecycle.Lifting;
import dev.exeunt.lifecycle.Reason;
import dev.exeunt.lifecycle.Setting;
import dev.exeunt.map.ExportSettings.Format;
import dev.exeunt.postgres.DatabaseException;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.reach.SubjectKey;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One attempt to make an export: begun, written into the archive, and finished, each by whoever still holds the job. */
final class Making {

    /** What passes by itself is waited for, some eight hours in all; what does not is tried thrice. */
    private static final int PATIENT = 12;

    private static final int IMPATIENT = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Setting setting;
    private final Archives archives;
    private final Terms terms;
    private final String worker;

    Making(Setting setting, Archives archives, Terms terms, String worker) {
        this.setting = setting;
        this.archives = archives;
        this.terms = terms;
        this.worker = worker;
    }

    /** What is to be made now: the claim's fence, and the name its archive gets. */
    private record Begun(UUID id, SubjectKey subject, Format format, long fence, ObjectName object, Instant now) {

        @Override
        public String toString() {
            return "Begun[" + id + "]";
        }
    }

    Optional<Instant> make(UUID id) {
        Optional<Row> found = Desk.looking(setting, "looking for an export to make", desk -> new Jobs(desk).find(id));
        if (found.isEmpty() || !found.get().job().state().isOpen()) {
            return Optional.empty();
        }
        Row row = found.get();
        ObjectName left = row.object();
        try {
            Optional<Begun> begun = Desk.committed(setting, "beginning an export", desk -> begin(desk, row));
            if (begun.isEmpty()) {
                return Optional.ofNullable(row.notBefore());
            }
            return attempt(begun.get(), left);
        } catch (LostException e) {
            return Optional.empty(); // cancelled, or somebody else's
        }
    }

    /** Empty where it is not time yet. */
    private Optional<Begun> begin(Desk desk, Row row) throws SQLException {
        Instant notBefore = row.notBefore();
        if (notBefore != null && desk.now().isBefore(notBefore)) {
            return Optional.empty();
        }
        SubjectKey subject = row.subject();
        if (subject == null) {
            throw new LostException();
        }
        UUID id = row.job().id();
        boolean fresh = row.job().state() == ExportState.PENDING;
        ObjectName object = ObjectName.random(RANDOM);
        Jobs jobs = new Jobs(desk);
        jobs.change(
                id,
                row.fence(),
                fresh ? ExportTransition.START : ExportTransition.TAKE_OVER,
                Fragment.of(", fence = fence + 1, attempt_at = NULL, worker = ?", worker));
        jobs.object(id, object);
        return Optional.of(new Begun(id, subject, row.job().format(), row.fence() + 1, object, desk.now()));
    }

    private Optional<Instant> attempt(Begun begun, @Nullable ObjectName left) {
        long since = System.nanoTime();
        try {
            if (left != null) {
                archives.delete(left); // what an attempt before this one left, which stops that, should it still live
            }
            long[] rows = new long[1];
            long bytes = archives.put(
                    begun.object(), out -> rows[0] = write(begun, out).rows());
            Desk.committed(setting, "finishing an export", desk -> finish(desk, begun, bytes, rows[0]));
            setting.observer().exported(took(since), rows[0], bytes);
            return Optional.empty();
        } catch (LostException e) {
            archives.delete(begun.object());
            throw e;
        } catch (RuntimeException e) {
            boolean interrupted = Thread.interrupted();
            Optional<Instant> again = Desk.committed(
                    setting,
                    "putting an export off",
                    desk -> interrupted ? handBack(desk, begun) : putOff(desk, begun, e));
            if (!interrupted) {
                setting.observer().exportFailed(took(since), again.isEmpty());
            }
            return again;
        }
    }

    private static Duration took(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private ExportSummary write(Begun begun, OutputStream out) {
        try (Connection connection = setting.database().connect()) {
            Heartbeat beat = new Heartbeat(setting.clock(), (done, of) -> progress(begun, done, of));
            Progress progress = (what, done, of) -> beat.at((int) done, (int) of);
            Clock moment = Clock.fixed(begun.now(), ZoneOffset.UTC);
            return Lifting.exporter(connection, setting.plan(), moment, progress, begun.subject())
                    .export(begun.subject(), begun.format(), beat.over(out));
        } catch (SQLException e) {
            throw DatabaseException.of(e, "exporting");
        }
    }

    private void progress(Begun begun, int done, int of) {
        Desk.committed(setting, "telling how far an export is", desk -> {
            new Jobs(desk).progress(begun.id(), begun.fence(), done, of);
            return true;
        });
    }

    private boolean finish(Desk desk, Begun begun, long bytes, long rows) throws SQLException {
        Jobs jobs = new Jobs(desk);
        jobs.change(
                begun.id(),
                begun.fence(),
                ExportTransition.FINISH,
                Fragment.of(", worker = NULL, failure = NULL, attempts = 0"));
        jobs.ready(begun.id(), bytes, rows, terms.settings().keep().after(desk.now()));
        tell(desk, EventName.DATA_EXPORT_READY, begun);
        return true;
    }

    /** The program is told to stop: whoever comes next begins anew, and this was no failure. */
    private static Optional<Instant> handBack(Desk desk, Begun begun) throws SQLException {
        new Jobs(desk).change(begun.id(), begun.fence(), ExportTransition.PUT_OFF, Fragment.of(", worker = NULL"));
        return Optional.of(desk.now());
    }

    private static Optional<Instant> putOff(Desk desk, Begun begun, RuntimeException e) throws SQLException {
        Jobs jobs = new Jobs(desk);
        int attempts =
                jobs.find(begun.id()).orElseThrow(LostException::new).job().attempts() + 1;
        boolean last = attempts >= (passing(e) ? PATIENT : IMPATIENT);
        Instant again = desk.now().plus(pause(attempts));
        jobs.change(
                begun.id(),
                begun.fence(),
                last ? ExportTransition.GIVE_UP : ExportTransition.PUT_OFF,
                Fragment.of(
                        ", worker = NULL, attempts = attempts + 1, failure = ?, attempt_at = CAST(? AS timestamptz)",
                        Reason.of(e),
                        again.toString()));
        if (last) {
            tell(desk, EventName.DATA_EXPORT_FAILED, begun);
        }
        return last ? Optional.empty() : Optional.of(again);
    }

    private static Duration pause(int attempts) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private static boolean passing(RuntimeException e) {
        return e instanceof ArchiveException archive && archive.passing()
                || e instanceof DatabaseException database && database.passing();
    }

    private static void tell(Desk desk, EventName name, Begun begun) throws SQLException {
        desk.events().append(name, desk.now(), begun.id(), Actor.EXEUNT, null);
    }
}

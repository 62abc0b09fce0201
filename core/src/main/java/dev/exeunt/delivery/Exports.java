package dev.exeunt.delivery;

import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Attachment;
import dev.exeunt.archive.DownloadLinks;
import dev.exeunt.archive.LinkRefusedException;
import dev.exeunt.delivery.ExportRefusedException.Why;
import dev.exeunt.delivery.Jobs.Row;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.export.Exporter;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.EventName;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.lifecycle.Desk;
import dev.exeunt.lifecycle.Idempotency;
import dev.exeunt.lifecycle.Setting;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.ExportSettings.Format;
import dev.exeunt.map.Span;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.reach.Subjects;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Exports that are made in the background and fetched later: asked for, followed, stopped, handed over. Each call is one
 * transaction that changes everything it says, or nothing. Who may see an export is decided by the person's key alone: anybody
 * else's is as one that never was.
 *
 * <p>Safe for use by several threads and instances at once.
 */
public final class Exports {

    private final Setting setting;
    private final Archives archives;
    private final Terms terms;

    public Exports(Setting setting, Archives archives, Terms terms) {
        this.setting = setting;
        this.archives = archives;
        this.terms = terms;
    }

    /**
     * On which terms exports are made.
     *
     * @param settings the map's, or what the operator has put in their place
     * @param key by which links of our own are signed
     * @param remember how long after its end a job is still known
     */
    public record Terms(ExportSettings settings, HashKey key, Span remember) {

        /** What the operator gets who says nothing. */
        public static final Span REMEMBER = Span.days(90);
    }

    /**
     * Asks for an export. Whoever asks again while one is still to be made gets that one. The map's limit is for the person;
     * staff are not held to it, and do not use it up.
     *
     * @param format null for the map's
     * @param reason the staff's
     * @throws ExportRefusedException where it was asked for too often, or the erasure of the account has begun
     */
    public ExportJob ask(String key, @Nullable Format format, Actor actor, @Nullable String reason) {
        return ask(key, format, actor, reason, null);
    }

    /**
     * The same.
     *
     * @param idempotencyKey by which the same wish is known when it arrives again: it gets the export it has led to, whatever has
     *     become of that; null where the caller gave none
     * @throws dev.exeunt.lifecycle.DepartureRefusedException where that key has led to something else than an export of that format
     */
    public ExportJob ask(
            String key,
            @Nullable Format format,
            Actor actor,
            @Nullable String reason,
            @Nullable String idempotencyKey) {
        actor.requireReason(reason);
        return Desk.committed(setting, "asking for an export", desk -> {
            SubjectKey subject = locked(desk, key);
            Orders orders = new Orders(desk, subject, terms.settings());
            Format wanted = format == null ? terms.settings().format() : format;
            if (idempotencyKey == null) {
                return orders.take(wanted, actor, reason);
            }
            Idempotency idempotency = new Idempotency(desk, subject, actor, idempotencyKey);
            Optional<UUID> led = idempotency.led("export");
            if (led.isPresent()) {
                ExportJob before = new Jobs(desk).find(led.get()).orElseThrow().job();
                if (before.format() != wanted) {
                    throw Idempotency.anotherWish();
                }
                return orders.repeated(before, actor, reason);
            }
            ExportJob job = orders.take(wanted, actor, reason);
            idempotency.leadsTo(job.id());
            return job;
        });
    }

    /**
     * Hands the person's data over while it is read, as one JSON document, and keeps it nowhere: for an account that is small.
     * That it was asked for is remembered, and counts towards the limit like any other.
     *
     * @param most rows; with more of them it is refused, before anything is written or counted
     * @param sink asked for the stream once nothing stands in the way
     * @throws ExportRefusedException where there is too much, it was asked for too often, or the erasure of the account has begun
     */
    public ExportSummary direct(String key, long most, Direct.Sink sink) {
        Direct.Ticket ticket = Desk.committed(setting, "asking for an export", desk -> {
            SubjectKey subject = locked(desk, key);
            Orders orders = new Orders(desk, subject, terms.settings());
            orders.refuse(Actor.SELF);
            Direct.refuseLarge(desk, subject, most);
            UUID id = orders.record(ExportState.EXPIRED, Format.JSON, Actor.SELF, null);
            return new Direct.Ticket(id, subject, desk.now());
        });
        return new Direct(setting, ticket).to(sink);
    }

    public ExportStatus status(String key) {
        return Desk.looking(setting, "looking at the exports", desk -> {
            SubjectKey subject = subjects(desk).parse(key);
            return new ExportStatus(
                    new Jobs(desk).of(subject).stream().map(Row::job).toList(),
                    new Orders(desk, subject, terms.settings()).again());
        });
    }

    /** @throws ExportRefusedException where there is none, or it is somebody else's */
    public ExportJob job(String key, UUID id) {
        return Desk.looking(
                setting, "looking at an export", desk -> theirs(desk, key, id).job());
    }

    /**
     * Stops one that is not made yet.
     *
     * @throws ExportRefusedException where there is none, it is somebody else's, or over
     */
    public ExportJob cancel(String key, UUID id, Actor actor, @Nullable String reason) {
        actor.requireReason(reason);
        return Desk.committed(setting, "cancelling an export", desk -> {
            theirs(desk, key, id);
            Jobs jobs = new Jobs(desk);
            Row row = jobs.locked(id).orElseThrow(ExportRefusedException::unknown);
            if (!row.job().state().isOpen()) {
                throw ExportRefusedException.of(Why.OVER, "The export is over: there is nothing to stop.");
            }
            jobs.change(
                    id,
                    row.fence(),
                    ExportTransition.CANCEL,
                    Fragment.of(
                            ", fence = fence + 1, worker = NULL, cancelled_at = CAST(? AS timestamptz)",
                            desk.now().toString()));
            event(desk, EventName.DATA_EXPORT_CANCELLED, id, actor, reason);
            return jobs.find(id).orElseThrow().job();
        });
    }

    /** As {@link #handOver(String, UUID, Actor)}, to the person. */
    public Handover handOver(String key, UUID id) {
        return handOver(key, id, Actor.SELF);
    }

    /**
     * The way to an archive, for as long as the map says a link is good, and never for longer than the archive is. Staff find it only
     * for exports that staff have asked for, and said why.
     *
     * @throws ExportRefusedException where there is none, it is somebody else's, not made yet, or its time is over
     */
    public Handover handOver(String key, UUID id, Actor actor) {
        return Desk.committed(setting, "handing an export over", desk -> {
            Row row = theirs(desk, key, id);
            if (actor.isStaff() && !row.job().byStaff()) {
                throw ExportRefusedException.unknown();
            }
            SubjectKey subject = required(row.subject());
            Instant expires = fetchable(row, desk.now());
            Instant linked = terms.settings().link().after(desk.now());
            Instant until = linked.isBefore(expires) ? linked : expires;
            Attachment attachment = attachment(row, subject);
            Optional<URI> store =
                    archives.handOver(required(row.object()), attachment, Duration.between(desk.now(), until));
            String token =
                    store.isPresent() ? null : links().token(id, terms.key().hash(subject), until);
            event(desk, EventName.DATA_EXPORT_FETCHED, id, actor, null);
            return new Handover(
                    store.orElse(null),
                    token,
                    until,
                    attachment,
                    required(row.job().bytes()));
        });
    }

    /**
     * What one of our own links leads to. Link, person, clock and job are looked at each time, and not only by the clean-up.
     *
     * @throws LinkRefusedException where the link is not ours, or holds no longer
     * @throws ExportRefusedException where the export is gone
     */
    public Download download(String token) {
        DownloadLinks.Link link = links().verify(token); // before a connection is taken
        return Desk.looking(setting, "opening an export", desk -> {
            link.requireCurrent(desk.now());
            Row row = new Jobs(desk).find(link.export()).orElseThrow(Exports::gone);
            SubjectKey subject = row.subject();
            if (subject == null || !link.isFor(terms.key().hash(subject))) {
                throw gone();
            }
            fetchable(row, desk.now());
            return new Download(
                    archives,
                    required(row.object()),
                    row.job().id(),
                    attachment(row, subject),
                    required(row.job().bytes()));
        });
    }

    private DownloadLinks links() {
        return new DownloadLinks(terms.key());
    }

    /** @throws ExportRefusedException where the account was erased, be it while this waited */
    private SubjectKey locked(Desk desk, String key) throws SQLException {
        SubjectKey subject = subjects(desk).find(List.of(key)).get(0);
        if (!desk.lockUnlessErased(subject)) {
            throw ExportRefusedException.of(Why.TOO_LATE, "It is too late: the account has been erased.");
        }
        return subject;
    }

    private Row theirs(Desk desk, String key, UUID id) throws SQLException {
        return new Jobs(desk).find(id, subjects(desk).parse(key)).orElseThrow(ExportRefusedException::unknown);
    }

    /** Until when. */
    private static Instant fetchable(Row row, Instant now) {
        ExportJob job = row.job();
        if (job.gone(now)) {
            throw gone();
        }
        if (!job.fetchable(now)) {
            throw ExportRefusedException.of(
                    Why.NOT_READY, "The export is " + job.state().word() + ": there is nothing to fetch.");
        }
        return required(job.expiresAt());
    }

    private static ExportRefusedException gone() {
        return ExportRefusedException.of(Why.GONE, "The time of this export is over. Ask for a new one.");
    }

    private Attachment attachment(Row row, SubjectKey subject) {
        return attachment(
                setting, subject, row.job().format(), required(row.job().readyAt()));
    }

    static Attachment attachment(Setting setting, SubjectKey subject, Format format, Instant at) {
        String name = Exporter.fileName(setting.plan(), subject, format, at);
        return new Attachment(name, format == Format.ZIP ? "application/zip" : "application/json; charset=utf-8");
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("an export that is ready has it");
        }
        return value;
    }

    private Subjects subjects(Desk desk) {
        return new Subjects(desk.connection(), setting.subject());
    }

    private static void event(Desk desk, EventName name, UUID id, Actor actor, @Nullable String reason)
            throws SQLException {
        desk.events().append(name, desk.now(), id, actor, actor.isStaff() ? reason : null);
    }

    /**
     * Makes one export, or goes on with what a worker left that is gone.
     *
     * @param worker a name that no other has at the same time
     * @return when it has to be tried again; empty where there is nothing left to do
     */
    public Optional<Instant> make(UUID id, String worker) {
        return new Making(setting, archives, terms, worker).make(id);
    }

    /** Removes what is over: archives whose time is up or whose owners are gone, and jobs nobody has to remember. */
    public Cleaned clean() {
        return new Cleaning(setting, archives, terms).clean();
    }

    /** Removes what lies in the archive and belongs to no job, left by an instance that died. Looks at all of it. */
    public Archives.Swept sweep() {
        return new Cleaning(setting, archives, terms).sweep();
    }

    /**
     * What was removed.
     *
     * @param expired exports whose time was over
     * @param archives that were removed, theirs and those of failed, cancelled and erased ones
     * @param forgotten jobs
     */
    public record Cleaned(int expired, int archives, int forgotten) {}
}

package dev.exeunt.delivery;

import dev.exeunt.delivery.ExportRefusedException.Why;
import dev.exeunt.delivery.Jobs.Row;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.EventName;
import dev.exeunt.lifecycle.Desk;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.ExportSettings.Format;
import dev.exeunt.reach.SubjectKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One person's orders for exports, while their row is locked. */
final class Orders {

    private final Desk desk;
    private final Jobs jobs;
    private final SubjectKey subject;
    private final ExportSettings settings;

    Orders(Desk desk, SubjectKey subject, ExportSettings settings) {
        this.desk = desk;
        this.jobs = new Jobs(desk);
        this.subject = subject;
        this.settings = settings;
    }

    /** One that is still to be made, or a new one. */
    ExportJob take(Format format, Actor actor, @Nullable String reason) throws SQLException {
        Optional<Row> open =
                jobs.of(subject).stream().filter(r -> r.job().state().isOpen()).findFirst();
        if (open.isPresent()) {
            return repeated(open.get().job(), actor, reason);
        }
        refuse(actor);
        UUID id = record(ExportState.PENDING, format, actor, reason);
        Queue.add(desk, id);
        return jobs.find(id).orElseThrow().job();
    }

    /** Nothing is made; that staff asked, and why, is recorded all the same. */
    ExportJob repeated(ExportJob job, Actor actor, @Nullable String reason) throws SQLException {
        if (actor.isStaff()) {
            desk.events().append(EventName.REQUEST_REPEATED, desk.now(), job.id(), actor, reason);
        }
        return job;
    }

    /** @throws ExportRefusedException where the erasure of the account has begun, or the person has asked too often */
    void refuse(Actor actor) throws SQLException {
        if (desk.erasing(subject)) {
            throw ExportRefusedException.of(Why.TOO_LATE, "It is too late: the erasure of the account has begun.");
        }
        ExportSettings.Limit limit = settings.limit();
        Instant again = actor.isStaff() ? null : again();
        if (limit != null && again != null) {
            throw ExportRefusedException.limit(limit, again);
        }
    }

    UUID record(ExportState state, Format format, Actor actor, @Nullable String reason) throws SQLException {
        UUID id = jobs.insert(state, subject, format, actor.text());
        desk.events().append(EventName.DATA_EXPORT_REQUESTED, desk.now(), id, actor, actor.isStaff() ? reason : null);
        return id;
    }

    /** From when on the limit lets the person ask again; null where it does now. */
    @Nullable
    Instant again() throws SQLException {
        ExportSettings.Limit limit = settings.limit();
        if (limit == null) {
            return null;
        }
        Instant now = desk.now();
        List<Instant> asked = jobs.counted(subject, now.minus(limit.per().longest())).stream()
                .filter(at -> limit.per().after(at).isAfter(now))
                .toList();
        return asked.size() < limit.requests() ? null : limit.per().after(asked.get(limit.requests() - 1));
    }
}

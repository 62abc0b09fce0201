package dev.exeunt.internal.outbox;

import dev.exeunt.internal.map.LifecycleSettings.EventName;
import dev.exeunt.internal.map.LifecycleSettings.ExternalSystem;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.request.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds an event that is written at the end of the transaction.
 *
 * @param request null for an erasure without a request
 * @param also further requests of the person that the same erasure carries out
 */
record PendingEvent(
        EventName name, Instant at, @Nullable UUID request, SubjectKey subject, Actor actor, List<UUID> also) {

    PendingEvent {
        also = List.copyOf(also);
    }

    PendingEvent(EventName name, Instant at, @Nullable UUID request, SubjectKey subject, Actor actor) {
        this(name, at, request, subject, actor, List.of());
    }

    /** Returns the event with one request more that it tells of. */
    PendingEvent with(UUID further) {
        List<UUID> all = new ArrayList<>(also);
        all.add(further);
        return new PendingEvent(name, at, request, subject, actor, all);
    }

    boolean isFor(ExternalSystem system) {
        return system.wants(name);
    }

    /** Until when a system has to say what it erased; null where it need not. */
    @Nullable
    Instant answerBy(ExternalSystem system) {
        TimeSpan deadline = system.deadline();
        return deadline == null || !name.isErasure() ? null : deadline.after(at);
    }

    /** Who caused the event: self, staff or exeunt. The name of staff stays in the audit log. */
    String actorKind() {
        return actor.isStaff() ? "staff" : actor.text();
    }

    @Override
    public String toString() {
        return "PendingEvent[" + name + "]";
    }
}

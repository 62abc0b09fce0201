package dev.exeunt.internal.replay;

import dev.exeunt.ExeuntException;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.ValueHolder;
import dev.exeunt.internal.replay.PresentGuests.GuestRows;
import dev.exeunt.internal.replay.PresentGuests.PresentGuest;
import dev.exeunt.internal.replay.ReplaySteps.GuestStep;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.value.ValueRequestService;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Erases people without an account again, each in a transaction of its own, after everyone who has an account. */
final class GuestReplay {

    private final LifecycleContext context;
    private final Map<UUID, String> waiting;
    private final Set<PresentGuest> erased = new HashSet<>();
    private int absent;
    private int newcomers;

    /**
     * Counts what became of them.
     *
     * @param newcomers whose value a person holds who registered since
     */
    record GuestCounts(int erased, int absent, int newcomers) {}

    /** Says who with an account holds a value. */
    private enum ValueOwner {
        NONE,
        REGISTERED_SINCE,
        THERE_BEFORE
    }

    /**
     * @param context whose ledger is open
     * @param waiting takes what cannot be carried out yet, and why
     */
    GuestReplay(LifecycleContext context, Map<UUID, String> waiting) {
        this.context = context;
        this.waiting = waiting;
    }

    GuestCounts erase(List<GuestStep> steps) {
        for (GuestStep step : steps) {
            try {
                erase(step);
            } catch (ExeuntException e) {
                waiting.put(step.lost().number(), String.valueOf(e.getMessage()));
            }
        }
        return new GuestCounts(erased.size(), absent, newcomers);
    }

    private void erase(GuestStep step) {
        PresentGuest guest = step.guest();
        Instant at = step.lost().at();
        ValueOwner owner = read(t -> owner(t, guest, at));
        if (owner == ValueOwner.REGISTERED_SINCE) {
            newcomers++;
            return;
        }
        if (owner == ValueOwner.THERE_BEFORE) {
            leave(step, "A person with an account, who was there before, holds the value again");
            return;
        }
        Plan limited = read(t -> new PresentGuests(t.connection(), context.plan()).limited(guest, at, step.trusted()));
        try {
            new ValueRequestService(context, limited, guest.identifier(), guest.value()).erase(receipt -> {});
            erased.add(guest);
        } catch (UnknownSubjectException e) {
            GuestRows left = read(t -> new PresentGuests(t.connection(), context.plan()).rows(guest, at));
            if (left.old() == 0) {
                absent += erased.contains(guest)
                        ? 0
                        : 1; // the rows went with the account of another person of this replay
            } else {
                leave(step, "A person with an account holds the value, or held it until a request hid it");
            }
        }
    }

    /** Whose the rows are, only the operator can say. */
    private void leave(GuestStep step, String why) {
        if (step.trusted()) {
            newcomers++;
        } else {
            waiting.put(
                    step.lost().number(),
                    why
                            + ", and rows of it were erased as a guest's. Nothing was changed. If they are that person's, add"
                            + " --trust-keys; else change the value of the account first.");
        }
    }

    private ValueOwner owner(RequestTransaction transaction, PresentGuest guest, Instant at) throws SQLException {
        Set<SubjectKey> holders = new ValueHolder(transaction.connection(), context.plan(), context.erasedPeople())
                .holders(guest.identifier(), guest.value());
        if (holders.isEmpty()) {
            return ValueOwner.NONE;
        }
        boolean since =
                PresentSubjects.holding(transaction.connection(), context.plan(), guest.identifier(), guest.value())
                        .stream()
                        .filter(p -> holders.contains(p.key()))
                        .allMatch(p -> p.cameAfter(at));
        return since ? ValueOwner.REGISTERED_SINCE : ValueOwner.THERE_BEFORE;
    }

    private <T> T read(RequestTransaction.RequestWork<T> work) {
        return RequestTransaction.runReadOnly(context, "looking for guests", work);
    }
}

package dev.exeunt.internal.replay;

import dev.exeunt.ExeuntException;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.internal.reach.ValueHolder;
import dev.exeunt.internal.replay.PresentGuests.PresentGuest;
import dev.exeunt.internal.replay.ReplaySteps.GuestStep;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.internal.value.ValueRequestService;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Erases people without an account again, each in a transaction of its own, after everyone who has an account. */
final class GuestReplay {

    private final LifecycleContext context;
    private final Map<UUID, String> waiting;
    private int erased;
    private int absent;
    private int newcomers;

    /**
     * Counts what became of them.
     *
     * @param newcomers whose value a person holds who registered since
     */
    record GuestCounts(int erased, int absent, int newcomers) {}

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
                erase(step.guest());
            } catch (ExeuntException e) {
                waiting.put(step.lost().number(), String.valueOf(e.getMessage()));
            }
        }
        return new GuestCounts(erased, absent, newcomers);
    }

    private void erase(PresentGuest guest) {
        if (isHeld(guest)) {
            newcomers++;
            return;
        }
        try {
            new ValueRequestService(context, guest.identifier(), guest.value()).erase(receipt -> {});
            erased++;
        } catch (UnknownSubjectException e) {
            absent++; // the rows went with the account of another person of this replay
        }
    }

    private boolean isHeld(PresentGuest guest) {
        return Transaction.runAndRollBack(
                context.database(),
                "looking for people",
                connection -> new ValueHolder(connection, context.plan(), context.erasedPeople())
                        .isHeld(guest.identifier(), guest.value()));
    }
}

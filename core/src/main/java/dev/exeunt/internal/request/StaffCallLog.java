package dev.exeunt.internal.request;

import dev.exeunt.HashKey;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.request.Actor;
import org.jspecify.annotations.Nullable;

/** Records calls of staff in the audit log. The person stands there as a keyed hash, which an erasure may leave. */
public final class StaffCallLog {

    private StaffCallLog() {}

    public static void record(LifecycleContext context, Actor staff, String call, @Nullable String key) {
        String person = key == null ? null : person(context, key);
        RequestTransaction.runAndCommit(context, "recording a call of staff", transaction -> {
            transaction.events().appendStaffCall(transaction.now(), staff, call, person);
            return staff;
        });
    }

    /** Null where the text can be no person's key, or there is no secret to hash it with. */
    private static @Nullable String person(LifecycleContext context, String key) {
        HashKey secret = context.key();
        if (secret == null) {
            return null;
        }
        try {
            SubjectKey person = RequestTransaction.runReadOnly(
                    context,
                    "looking a person up",
                    transaction -> new SubjectFinder(transaction.connection(), context.subject()).resolveKey(key));
            return secret.hashHex(context.kind().text(), person.parts());
        } catch (UnknownSubjectException e) {
            return null; // the call itself tells the caller so
        }
    }
}

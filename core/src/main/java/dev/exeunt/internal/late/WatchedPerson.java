package dev.exeunt.internal.late;

import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.AccountFlow;
import java.time.Instant;
import java.util.UUID;

/**
 * Holds an erased person whose links a worker looks at again.
 *
 * @param request by which the account was erased
 * @param fence of the worker's claim
 */
public record WatchedPerson(UUID request, AccountFlow flow, SubjectKey subject, Instant erasedAt, long fence) {

    @Override
    public String toString() {
        return "WatchedPerson[" + request + "]";
    }
}

package dev.exeunt.spring.external;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application of a change to a person's account or request. A listener may get an event more than once, with the same id. The
 * events of one person come in their order.
 *
 * <pre>{@code
 * @TransactionalEventListener
 * void accountErased(AccountEvent event) {
 *     if (event.type().equals("user.erased")) {
 *         cache.evict(event.subject());
 *     }
 * }
 * }</pre>
 *
 * @param type such as {@code user.erased}; the guide to other systems lists them
 * @param subject the person's key, as the calls take it
 * @param request null for an erasure without a request
 * @param json the whole event, as a webhook would get it
 */
public record AccountEvent(
        UUID id,
        String type,
        Instant at,
        String subject,
        @Nullable UUID request,
        String json) {

    /** Without the key, so that no log shows it by accident. */
    @Override
    public String toString() {
        return "AccountEvent[" + id + " " + type + "]";
    }
}

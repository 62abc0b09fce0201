package dev.exeunt.spring.web.call;

import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Holds a request that a call submitted.
 *
 * @param waits whether the call made the request and it is carried out later; not a repeated call, nor a flow without grace
 */
public record SubmittedRequest(Request request, boolean waits) {

    /** Submits a request; throws as {@link AccountRequests#submit} does. */
    public static SubmittedRequest submit(AccountRequests requests, NewRequest ask) {
        Set<UUID> before =
                requests.status(ask.key()).requests().stream().map(Request::id).collect(Collectors.toSet());
        Request asked = requests.submit(ask);
        return new SubmittedRequest(asked, !before.contains(asked.id()) && asked.state() != Request.State.ERASED);
    }

    /** Returns the HTTP status of the answer: 202 Accepted for what is done later, else 200 (RFC 9110, section 15.3.3). */
    public int status() {
        return waits ? 202 : 200;
    }
}

package dev.exeunt.spring.web;

import dev.exeunt.lifecycle.AccountRequests;
import dev.exeunt.lifecycle.Request;
import jakarta.servlet.http.HttpServletRequest;

/** Builds absolute links to calls and receipts, as the caller reaches them. */
final class ResponseLinks {

    private final String base;
    private final AccountRequests departures;

    /** @param path that the calls are under, by the settings */
    ResponseLinks(HttpServletRequest request, String path, AccountRequests departures) {
        this.base = request.getContextPath() + path;
        this.departures = departures;
    }

    String to(String call) {
        return base + call;
    }

    /** For whoever asked, to keep: it tells what became of the request, also when there is no account any more. */
    String receipt(Request request) {
        return to("/receipt/" + departures.receiptSecret(request));
    }
}

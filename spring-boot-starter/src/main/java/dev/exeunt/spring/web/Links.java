package dev.exeunt.spring.web;

import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Request;
import jakarta.servlet.http.HttpServletRequest;

/** Where things are, as the caller reaches them. */
final class Links {

    private final String base;
    private final Departures departures;

    /** @param path that the calls are under, by the settings */
    Links(HttpServletRequest request, String path, Departures departures) {
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

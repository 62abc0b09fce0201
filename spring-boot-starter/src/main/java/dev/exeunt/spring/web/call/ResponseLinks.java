package dev.exeunt.spring.web.call;

import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Request;
import jakarta.servlet.http.HttpServletRequest;

/** Builds absolute links to calls and receipts, as the caller reaches them. */
public final class ResponseLinks {

    private final String base;
    private final AccountRequests requests;

    /** @param path that the calls are under, by the settings */
    public ResponseLinks(HttpServletRequest request, String path, AccountRequests requests) {
        this.base = request.getContextPath() + path;
        this.requests = requests;
    }

    public String to(String call) {
        return base + call;
    }

    /** For whoever asked, to keep: it tells what became of the request, also when there is no account any more. */
    String receipt(Request request) {
        return to("/receipt/" + requests.receiptSecret(request));
    }
}

package dev.exeunt.spring.web.call;

import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Request;
import jakarta.servlet.http.HttpServletRequest;

/** Builds absolute links to calls and receipts, as the caller reaches them. */
public final class ResponseLinks {

    private final String base;
    private final AccountRequests requests;

    /** @param path the path of the calls, by the settings */
    public ResponseLinks(HttpServletRequest request, String path, AccountRequests requests) {
        this.base = request.getContextPath() + path;
        this.requests = requests;
    }

    public String to(String call) {
        return base + call;
    }

    /** Returns the link to the receipt, for the person to keep: it works after the account is erased, too. */
    String receipt(Request request) {
        return to("/receipt/" + requests.receiptSecret(request));
    }
}

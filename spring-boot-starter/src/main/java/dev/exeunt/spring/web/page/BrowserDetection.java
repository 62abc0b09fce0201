package dev.exeunt.spring.web.page;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Tells whether a request comes from a browser that wants HTML. */
final class BrowserDetection {

    private BrowserDetection() {}

    /** Whether a browser has sent it: one that shows a page, or a script or an element of a page. */
    static boolean sent(HttpServletRequest request) {
        return asks(request) || request.getHeader("Sec-Fetch-Site") != null;
    }

    static boolean asks(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE) && !accept.contains("json");
    }
}

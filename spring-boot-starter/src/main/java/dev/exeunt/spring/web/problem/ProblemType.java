package dev.exeunt.spring.web.problem;

import java.net.URI;
import java.util.Locale;

/** Every way in which a call can be refused. The word is for programs, and stays; docs/reference/http.md tells what to do about each. */
public enum ProblemType {
    MALFORMED(400, "The request cannot be read"),
    UNAUTHENTICATED(401, "Sign in first"),
    SIGN_IN_AGAIN(401, "Sign in again first"),
    FORBIDDEN(403, "You may not do that"),
    AWAY(403, "Your account is deactivated or blocked"),
    NOT_FOUND(404, "There is nothing here"),
    NOT_OFFERED(404, "This application does not offer that"),
    METHOD_NOT_ALLOWED(405, "That cannot be done here"),
    GUARDED(409, "Something has to be put right first"),
    WARNINGS(409, "Something has to be read and acknowledged first"),
    SESSION_OPEN(409, "Another account is signed in here"),
    NOTHING_OPEN(409, "There is nothing to take back"),
    TOO_LATE(409, "It is too late"),
    UNCHANGED(409, "There is nothing to change"),
    NOT_READY(409, "The export is not ready"),
    OVER(409, "The export is over"),
    TOO_LARGE(409, "There is too much for an answer at once"),
    GONE(410, "The time of this is over"),
    BODY_TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request is not in JSON"),
    RANGE(416, "The range lies beyond the end"),
    INVALID(422, "Something in the request is wrong"),
    UNCONFIRMED(422, "It has to be confirmed"),
    LIMIT(429, "Asked for too often"),
    INTERNAL(500, "That is our fault"),
    UNAVAILABLE(503, "Not possible at the moment");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** {@code not-found} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** RFC 9457's {@code type}. */
    public URI uri() {
        return URI.create("urn:exeunt:problem:" + word());
    }
}

package dev.exeunt.spring.web.problem;

import static dev.exeunt.spring.web.problem.ProblemType.*;

import dev.exeunt.ExeuntException;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.archive.ArchiveException;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.export.ExportRefusedException;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.request.RequestPreview;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.spring.provider.KeysUnavailableException;
import dev.exeunt.spring.signin.BrowserSessions;
import dev.exeunt.spring.signin.SignedInAsAnotherException;
import dev.exeunt.spring.token.ClaimMissingException;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.TimeText;
import dev.exeunt.spring.web.problem.HttpProblem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;

/** Translates exceptions of core and Spring into problem details. */
public final class ProblemTranslator {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemTranslator.class);
    private static final String RETRY_AFTER = "Retry-After";
    private static final int SOON = 30;

    private final Clock clock;
    private final String path;

    public ProblemTranslator(Clock clock, String path) {
        this.clock = clock;
        this.path = path;
    }

    public HttpProblem of(Throwable e) {
        if (e instanceof ProblemException known) {
            return known.problem();
        } else if (e instanceof NotSignedInException known) {
            return signIn(known);
        } else if (e instanceof ClaimMissingException lacking) {
            LOG.info("Refused a token: {}", message(lacking));
            HttpProblem problem = HttpProblem.of(FORBIDDEN, message(lacking));
            return lacking.claim().isEmpty() ? problem : problem.with("claim", lacking.claim());
        } else if (e instanceof KeysUnavailableException) {
            String reference = reference();
            LOG.error("A call failed ({}): {}", reference, message(e));
            return unavailable(reference);
        } else if (e instanceof BrowserSessions.CsrfMismatchException) {
            return HttpProblem.of(FORBIDDEN, message(e));
        } else if (e instanceof SignedInAsAnotherException) {
            return HttpProblem.of(SESSION_OPEN, message(e));
        } else if (e instanceof ExportRefusedException refused) {
            return export(refused);
        } else if (e instanceof RequestRefusedException refused) {
            return departure(refused);
        } else if (e instanceof UnknownSubjectException) {
            return HttpProblem.of(NOT_FOUND, "There is no such person.");
        }
        return e instanceof ExeuntException ? failure((ExeuntException) e) : foreign(e);
    }

    private static HttpProblem signIn(NotSignedInException e) {
        Duration recent = e.recent();
        if (recent == null) {
            return HttpProblem.of(UNAUTHENTICATED, message(e)).header("WWW-Authenticate", "Bearer");
        }
        // RFC 9470
        return HttpProblem.of(SIGN_IN_AGAIN, message(e))
                .header(
                        "WWW-Authenticate",
                        "Bearer error=\"insufficient_user_authentication\", max_age=\"" + recent.toSeconds() + "\"");
    }

    private HttpProblem export(ExportRefusedException e) {
        return switch (e.why()) {
            case LIMIT -> limit(e);
            case UNKNOWN, LINK_ALTERED -> HttpProblem.of(NOT_FOUND, message(e));
            case UNKNOWN_SECTION -> HttpProblem.of(INVALID, message(e));
            case NOT_READY -> HttpProblem.of(NOT_READY, message(e));
            case GONE, LINK_EXPIRED -> HttpProblem.of(GONE, message(e));
            case OVER -> HttpProblem.of(OVER, message(e));
            case TOO_LATE -> HttpProblem.of(TOO_LATE, message(e));
            case TOO_LARGE -> HttpProblem.of(TOO_LARGE, message(e)).with("link", path + "/export");
        };
    }

    private HttpProblem limit(ExportRefusedException e) {
        Instant again = e.nextAllowedAt();
        if (again == null) {
            return HttpProblem.of(LIMIT, message(e));
        }
        Duration left = Duration.between(clock.instant(), again);
        long seconds = Math.max(1, left.plusMillis(999).toSeconds());
        return HttpProblem.of(LIMIT, message(e) + " Ask again in " + TimeText.hours(seconds) + ".")
                .with("again", again.toString())
                .header(RETRY_AFTER, Long.toString(seconds));
    }

    private static HttpProblem departure(RequestRefusedException e) {
        return switch (e.why()) {
            case NOT_OFFERED -> HttpProblem.of(NOT_OFFERED, message(e));
            case GUARDED -> HttpProblem.of(GUARDED, message(e)).with("obstacles", obstacles(e.obstacles()));
            case UNACKNOWLEDGED -> warnings(HttpProblem.of(WARNINGS, message(e)), e.warnings());
            case UNCONFIRMED -> HttpProblem.of(UNCONFIRMED, message(e));
            case NOTHING_OPEN -> HttpProblem.of(NOTHING_OPEN, message(e));
            case TOO_LATE -> HttpProblem.of(TOO_LATE, message(e));
            case ANOTHER_WISH, UNFIT_HOLD -> HttpProblem.of(INVALID, message(e));
        };
    }

    private static HttpProblem warnings(HttpProblem problem, RequestPreview.@Nullable Warnings warnings) {
        return warnings == null
                ? problem
                : problem.with("warnings", warnings.messages()).with("digest", warnings.digest());
    }

    public static List<Map<String, @Nullable Object>> obstacles(List<RequestPreview.Obstacle> obstacles) {
        return obstacles.stream()
                .map(o -> HttpJson.object("guard", o.guard(), "message", o.message(), "link", o.link()))
                .toList();
    }

    /** Logs the failure for the operator. The caller gets only a reference to the log. */
    private static HttpProblem failure(ExeuntException e) {
        if (e instanceof ArchiveException archive && archive.why() == ArchiveException.ArchiveFailureReason.ABSENT) {
            return HttpProblem.of(GONE, "The time of this export is over. Ask for a new one.");
        }
        boolean passing = e instanceof LedgerException
                || e instanceof ArchiveException a && a.isTransient()
                || e instanceof DatabaseException d && d.isTransient();
        String reference = reference();
        LOG.error("A call failed ({}): {}", reference, message(e));
        return passing ? unavailable(reference) : internal(reference);
    }

    private static HttpProblem unavailable(String reference) {
        return HttpProblem.of(UNAVAILABLE, "That is not possible at the moment. Try again soon.")
                .with("reference", reference)
                .header(RETRY_AFTER, Integer.toString(SOON));
    }

    private static HttpProblem foreign(Throwable e) {
        if (e instanceof HttpRequestMethodNotSupportedException method) {
            String[] allowed = method.getSupportedMethods();
            HttpProblem problem = HttpProblem.of(METHOD_NOT_ALLOWED, "That cannot be done here.");
            return allowed == null ? problem : problem.header("Allow", String.join(", ", allowed));
        }
        if (e instanceof JwtException || e instanceof JwtDecoderInitializationException) {
            String reference = reference();
            LOG.error("The keys that tokens are signed with cannot be had ({}).", reference);
            return unavailable(reference);
        }
        if (e instanceof RequestRejectedException) {
            return ofStatus(400); // Spring's firewall checks a header only when it is read
        }
        if (e instanceof ErrorResponse spring && spring.getStatusCode().is4xxClientError()) {
            return ofStatus(spring.getStatusCode().value());
        }
        String reference = reference();
        // The message of an unknown exception may hold personal data, so only its class and place are logged.
        LOG.error(
                "A call failed ({}): {} at {}",
                reference,
                e.getClass().getName(),
                List.of(e.getStackTrace()).stream().limit(12).toList());
        return internal(reference);
    }

    static HttpProblem ofStatus(int status) {
        return switch (status) {
            case 401 -> HttpProblem.of(UNAUTHENTICATED, "Sign in first.").header("WWW-Authenticate", "Bearer");
            case 403 -> HttpProblem.of(FORBIDDEN, "You may not do that.");
            case 404 -> HttpProblem.of(NOT_FOUND, "There is nothing here.");
            case 405 -> HttpProblem.of(METHOD_NOT_ALLOWED, "That cannot be done here.");
            case 413 -> HttpProblem.of(BODY_TOO_LARGE, "The request is too large.");
            case 415 -> HttpProblem.of(UNSUPPORTED_MEDIA_TYPE, "Send JSON, as application/json.");
            default -> status < 500 ? HttpProblem.of(MALFORMED, "The request cannot be read.") : internal(reference());
        };
    }

    private static HttpProblem internal(String reference) {
        return HttpProblem.of(
                        INTERNAL,
                        "Something went wrong that should not have. It has been written down for the operator.")
                .with("reference", reference);
    }

    private static String reference() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static String message(Throwable e) {
        return String.valueOf(e.getMessage());
    }
}

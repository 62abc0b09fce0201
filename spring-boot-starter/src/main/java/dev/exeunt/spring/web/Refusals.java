package dev.exeunt.spring.web;

import static dev.exeunt.spring.web.ProblemType.*;

import dev.exeunt.ExeuntException;
import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.LinkRefusedException;
import dev.exeunt.delivery.ExportRefusedException;
import dev.exeunt.lifecycle.DepartureRefusedException;
import dev.exeunt.lifecycle.Obstacle;
import dev.exeunt.lifecycle.Warnings;
import dev.exeunt.postgres.DatabaseException;
import dev.exeunt.reach.Subjects.UnknownSubjectException;
import dev.exeunt.spring.signin.ClaimMissingException;
import dev.exeunt.spring.signin.KeysUnavailableException;
import dev.exeunt.spring.signin.NotSignedInException;
import dev.exeunt.spring.signin.SessionOpenException;
import dev.exeunt.spring.signin.Sessions;
import dev.exeunt.spring.web.Problem.ProblemException;
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

/** What the core, or Spring, refuses, as a problem for whoever called. */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final String RETRY_AFTER = "Retry-After";
    private static final int SOON = 30;

    private final Clock clock;
    private final String path;

    Refusals(Clock clock, String path) {
        this.clock = clock;
        this.path = path;
    }

    Problem of(Throwable e) {
        if (e instanceof ProblemException known) {
            return known.problem();
        } else if (e instanceof NotSignedInException known) {
            return signIn(known);
        } else if (e instanceof ClaimMissingException lacking) {
            LOG.info("Refused a token: {}", message(lacking));
            Problem problem = Problem.of(FORBIDDEN, message(lacking));
            return lacking.claim().isEmpty() ? problem : problem.with("claim", lacking.claim());
        } else if (e instanceof KeysUnavailableException) {
            String reference = reference();
            LOG.error("A call failed ({}): {}", reference, message(e));
            return unavailable(reference);
        } else if (e instanceof Sessions.ForeignFormException) {
            return Problem.of(FORBIDDEN, message(e));
        } else if (e instanceof SessionOpenException) {
            return Problem.of(SESSION_OPEN, message(e));
        } else if (e instanceof ExportRefusedException refused) {
            return export(refused);
        } else if (e instanceof DepartureRefusedException refused) {
            return departure(refused);
        } else if (e instanceof LinkRefusedException refused) {
            boolean expired = refused.why() == LinkRefusedException.Why.EXPIRED;
            return Problem.of(expired ? GONE : NOT_FOUND, message(refused));
        } else if (e instanceof UnknownSubjectException) {
            return Problem.of(NOT_FOUND, "There is no such person.");
        }
        return e instanceof ExeuntException ? failure((ExeuntException) e) : foreign(e);
    }

    private static Problem signIn(NotSignedInException e) {
        Duration recent = e.recent();
        if (recent == null) {
            return Problem.of(UNAUTHENTICATED, message(e)).header("WWW-Authenticate", "Bearer");
        }
        // RFC 9470
        return Problem.of(SIGN_IN_AGAIN, message(e))
                .header(
                        "WWW-Authenticate",
                        "Bearer error=\"insufficient_user_authentication\", max_age=\"" + recent.toSeconds() + "\"");
    }

    private Problem export(ExportRefusedException e) {
        return switch (e.why()) {
            case LIMIT -> limit(e);
            case UNKNOWN -> Problem.of(NOT_FOUND, message(e));
            case NOT_READY -> Problem.of(NOT_READY, message(e));
            case GONE -> Problem.of(GONE, message(e));
            case OVER -> Problem.of(OVER, message(e));
            case TOO_LATE -> Problem.of(TOO_LATE, message(e));
            case TOO_LARGE -> Problem.of(TOO_LARGE, message(e)).with("link", path + "/export");
        };
    }

    private Problem limit(ExportRefusedException e) {
        Instant again = e.again();
        if (again == null) {
            return Problem.of(LIMIT, message(e));
        }
        Duration left = Duration.between(clock.instant(), again);
        long seconds = Math.max(1, left.plusMillis(999).toSeconds());
        return Problem.of(LIMIT, message(e) + " Ask again in " + Words.hours(seconds) + ".")
                .with("again", again.toString())
                .header(RETRY_AFTER, Long.toString(seconds));
    }

    private static Problem departure(DepartureRefusedException e) {
        return switch (e.why()) {
            case NOT_OFFERED -> Problem.of(NOT_OFFERED, message(e));
            case GUARDED -> Problem.of(GUARDED, message(e)).with("obstacles", obstacles(e.obstacles()));
            case UNACKNOWLEDGED -> warnings(Problem.of(WARNINGS, message(e)), e.warnings());
            case UNCONFIRMED -> Problem.of(UNCONFIRMED, message(e));
            case NOTHING_OPEN -> Problem.of(NOTHING_OPEN, message(e));
            case TOO_LATE -> Problem.of(TOO_LATE, message(e));
            case ANOTHER_WISH -> Problem.of(INVALID, message(e));
        };
    }

    private static Problem warnings(Problem problem, @Nullable Warnings warnings) {
        return warnings == null
                ? problem
                : problem.with("warnings", warnings.messages()).with("digest", warnings.digest());
    }

    static List<Map<String, @Nullable Object>> obstacles(List<Obstacle> obstacles) {
        return obstacles.stream()
                .map(o -> Json.object("guard", o.guard(), "message", o.message(), "link", o.link()))
                .toList();
    }

    /** The operator has to hear of it; who called, only that. */
    private static Problem failure(ExeuntException e) {
        if (e instanceof ArchiveException archive && archive.why() == ArchiveException.Why.ABSENT) {
            return Problem.of(GONE, "The time of this export is over. Ask for a new one.");
        }
        boolean passing =
                e instanceof ArchiveException a && a.passing() || e instanceof DatabaseException d && d.passing();
        String reference = reference();
        LOG.error("A call failed ({}): {}", reference, message(e));
        return passing ? unavailable(reference) : internal(reference);
    }

    private static Problem unavailable(String reference) {
        return Problem.of(UNAVAILABLE, "That is not possible at the moment. Try again soon.")
                .with("reference", reference)
                .header(RETRY_AFTER, Integer.toString(SOON));
    }

    private static Problem foreign(Throwable e) {
        if (e instanceof HttpRequestMethodNotSupportedException method) {
            String[] allowed = method.getSupportedMethods();
            Problem problem = Problem.of(METHOD_NOT_ALLOWED, "That cannot be done here.");
            return allowed == null ? problem : problem.header("Allow", String.join(", ", allowed));
        }
        if (e instanceof JwtException || e instanceof JwtDecoderInitializationException) {
            String reference = reference();
            LOG.error("The keys that tokens are signed with cannot be had ({}).", reference);
            return unavailable(reference);
        }
        if (e instanceof RequestRejectedException) {
            return ofStatus(400); // Spring's firewall looks at a header when somebody reads it
        }
        if (e instanceof ErrorResponse spring && spring.getStatusCode().is4xxClientError()) {
            return ofStatus(spring.getStatusCode().value());
        }
        String reference = reference();
        // Of others nobody knows what their messages hold: where it happened has to do.
        LOG.error(
                "A call failed ({}): {} at {}",
                reference,
                e.getClass().getName(),
                List.of(e.getStackTrace()).stream().limit(12).toList());
        return internal(reference);
    }

    static Problem ofStatus(int status) {
        return switch (status) {
            case 401 -> Problem.of(UNAUTHENTICATED, "Sign in first.").header("WWW-Authenticate", "Bearer");
            case 403 -> Problem.of(FORBIDDEN, "You may not do that.");
            case 404 -> Problem.of(NOT_FOUND, "There is nothing here.");
            case 405 -> Problem.of(METHOD_NOT_ALLOWED, "That cannot be done here.");
            case 413 -> Problem.of(BODY_TOO_LARGE, "The request is too large.");
            case 415 -> Problem.of(UNSUPPORTED_MEDIA_TYPE, "Send JSON, as application/json.");
            default -> status < 500 ? Problem.of(MALFORMED, "The request cannot be read.") : internal(reference());
        };
    }

    private static Problem internal(String reference) {
        return Problem.of(
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

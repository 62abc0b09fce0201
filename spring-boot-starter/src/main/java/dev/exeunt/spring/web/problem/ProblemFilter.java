package dev.exeunt.spring.web.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Runs around everything else, Spring's own firewall included. Forbids caching and framing, and turns each refusal into a problem
 * (RFC 9457), so that no error page of the container is sent.
 */
public final class ProblemFilter extends OncePerRequestFilter {

    private final ProblemTranslator refusals;
    private final Clock clock;

    /** @param clock by which the answers say what time it is; pages reckon with it, since a person's clock may be wrong */
    public ProblemFilter(ProblemTranslator refusals, Clock clock) {
        this.refusals = refusals;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        headers(response);
        response.setDateHeader("Date", clock.millis());
        if (isMultipart(request)) {
            write(ProblemTranslator.ofStatus(415), response);
            return;
        }
        if (!isLegible(request)) {
            write(ProblemTranslator.ofStatus(400), response);
            return;
        }
        try {
            chain.doFilter(request, new ProblemResponseWrapper(response));
        } catch (ServletException | RuntimeException e) {
            if (response.isCommitted() && response.getStatus() >= 400) {
                return; // the container has refused it meanwhile, and answers itself
            }
            if (response.isCommitted()) {
                throw e; // the container breaks the connection, which shows the reader that the answer is incomplete
            }
            Throwable cause = e instanceof ServletException && e.getCause() != null ? e.getCause() : e;
            write(refusals.of(cause), response);
        }
    }

    /** Multipart bodies are refused here: Spring would store their files before the caller is known. */
    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /** Reads the query here, where an unreadable one can be answered with 400. No call takes parameters of a form. */
    private static boolean isLegible(HttpServletRequest request) {
        try {
            return request.getMethod().equals("POST") || request.getParameterMap() != null;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    static void headers(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    /** Replaces the response by the problem. */
    public static void write(HttpProblem problem, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setStatus(problem.type().status());
        response.setHeader("Content-Disposition", null);
        response.setHeader("Accept-Ranges", null);
        problem.headers().forEach(response::setHeader);
        byte[] json = problem.json();
        response.setContentType("application/problem+json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /** Turns sendError calls of a response into problem details. */
    private static final class ProblemResponseWrapper extends HttpServletResponseWrapper {

        ProblemResponseWrapper(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int status) throws IOException {
            write(ProblemTranslator.ofStatus(status), (HttpServletResponse) getResponse());
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            sendError(status);
        }
    }
}

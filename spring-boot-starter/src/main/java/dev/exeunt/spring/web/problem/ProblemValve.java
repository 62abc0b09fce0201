package dev.exeunt.spring.web.problem;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Tells as a problem what Tomcat itself refuses: before any filter is asked, such as a line that is no HTTP, or behind all of
 * them, such as a body that does not end. What it leaves alone, the application's own pages tell as they do.
 */
final class ProblemValve extends ValveBase {

    private final @Nullable List<String> paths;

    /** @param paths under which it tells, besides requests that are too broken to have a path; null for everywhere */
    ProblemValve(@Nullable List<String> paths) {
        super(true);
        this.paths = paths;
    }

    /** What is refused is not handed to the application's page for errors, which its own security may shut. */
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!isForUs(request, response)) {
            getNext().invoke(request, response);
        }
        if (isForUs(request, response)) {
            response.setErrorReported();
            response.setSuspended(false);
            write(response);
        }
    }

    private boolean isForUs(Request request, Response response) {
        return response.isErrorReportRequired()
                && !response.isCommitted()
                && response.getContentWritten() == 0
                && isOurs(request.getRequestURI());
    }

    private boolean isOurs(@Nullable String path) {
        return paths == null
                || path == null
                || paths.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "/"));
    }

    private static void write(Response response) throws IOException {
        int status = response.getStatus();
        // 501 and 505 blame us for what a stranger has made up: a transfer encoding, a version of HTTP
        HttpProblem problem = ProblemTranslator.ofStatus(status == 501 || status == 505 ? 400 : status);
        byte[] json = problem.json();
        response.resetBuffer(true);
        ProblemFilter.headers(response);
        problem.headers().forEach(response::setHeader);
        response.setStatus(problem.type().status());
        response.setContentType("application/problem+json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
        response.finishResponse();
    }
}

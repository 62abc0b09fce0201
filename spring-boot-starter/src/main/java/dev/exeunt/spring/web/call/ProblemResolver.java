package dev.exeunt.spring.web.call;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.web.problem.ProblemFilter;
import dev.exeunt.spring.web.problem.ProblemTranslator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Before the application's own, which must not learn of what fails here: tells refusals of these calls, and of no others. */
public final class ProblemResolver implements HandlerExceptionResolver {

    private final ProblemTranslator refusals;
    private final List<String> paths;

    public ProblemResolver(ProblemTranslator refusals, ExeuntSettings settings) {
        this.refusals = refusals;
        this.paths = List.of(settings.path(), settings.gate().path());
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        boolean ours = handler instanceof HandlerMethod method
                ? ExeuntController.class.isAssignableFrom(method.getBeanType())
                : isOurs(request.getRequestURI()
                        .substring(request.getContextPath().length()));
        if (!ours || response.isCommitted()) {
            return null;
        }
        try {
            ProblemFilter.write(refusals.of(e), response);
            return new ModelAndView();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Where no call was found, or none for the method. */
    private boolean isOurs(String path) {
        return paths.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "/"));
    }
}

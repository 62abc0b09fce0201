package dev.exeunt.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Before the application's own, which must not learn of what fails here: tells refusals of these calls, and of no others. */
final class ProblemResolver implements HandlerExceptionResolver {

    private final Refusals refusals;

    ProblemResolver(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        boolean ours = handler instanceof HandlerMethod method
                && Calls.class.isAssignableFrom(method.getBeanType());
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
}

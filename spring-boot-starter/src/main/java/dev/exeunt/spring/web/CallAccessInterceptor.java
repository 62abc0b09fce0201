package dev.exeunt.spring.web;

import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAuthorizer;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Authorizes each call by the access declaration of its handler method. */
final class CallAccessInterceptor implements HandlerInterceptor {

    private final CallAuthorizer authorizer;

    CallAccessInterceptor(CallAuthorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)
                || !ExeuntController.class.isAssignableFrom(method.getBeanType())) {
            return true;
        }
        return switch (authorizer.authorize(method.getMethodAnnotation(CallAccess.class), request)) {
            case IN -> true;
            case FORBIDDEN ->
                throw HttpProblem.of(ProblemType.FORBIDDEN, "You may not do that.")
                        .thrown();
            case AWAY ->
                throw HttpProblem.of(
                                ProblemType.AWAY,
                                "Your account is deactivated, or its sign-in is still blocked. Reactivate it, or wait until the"
                                        + " block is over.")
                        .thrown();
        };
    }
}

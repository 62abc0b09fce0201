package dev.exeunt.spring.web;

import dev.exeunt.spring.signin.Door;
import dev.exeunt.spring.signin.Doorkeeper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Asks at the call itself, whatever path it was found under. */
final class DoorInterceptor implements HandlerInterceptor {

    private final Doorkeeper keeper;

    DoorInterceptor(Doorkeeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || !Calls.class.isAssignableFrom(method.getBeanType())) {
            return true;
        }
        return switch (keeper.ask(method.getMethodAnnotation(Door.class), request)) {
            case IN -> true;
            case FORBIDDEN ->
                throw Problem.of(ProblemType.FORBIDDEN, "You may not do that.").thrown();
            case AWAY ->
                throw Problem.of(ProblemType.AWAY, "Your account is deactivated. Reactivate it first.")
                        .thrown();
        };
    }
}

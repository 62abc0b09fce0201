package dev.exeunt.spring.web.staff;

import dev.exeunt.request.AccountRequests;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Records every call of staff in the audit log before it is carried out: views of a person and calls that are refused, too. A call
 * that cannot be recorded is not carried out.
 */
public final class StaffCallRecorder implements HandlerInterceptor {

    private final AccountRequests requests;

    public StaffCallRecorder(AccountRequests requests) {
        this.requests = requests;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        CallAccess access =
                handler instanceof HandlerMethod method ? method.getMethodAnnotation(CallAccess.class) : null;
        if (access != null
                && access.value() == CallAccess.CallerKind.STAFF
                && request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller) {
            // the pattern, since the path itself holds the person's key
            Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            requests.recordStaffCall(caller.asStaff(), request.getMethod() + " " + pattern, subject(request));
        }
        return true;
    }

    private static @Nullable String subject(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map && map.get("subject") instanceof String key ? key : null;
    }
}

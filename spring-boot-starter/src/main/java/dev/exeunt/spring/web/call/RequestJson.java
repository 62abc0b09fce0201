package dev.exeunt.spring.web.call;

import dev.exeunt.request.Request;
import dev.exeunt.request.RequestListPage;
import dev.exeunt.spring.web.json.HttpJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests, as they are shown. */
public final class RequestJson {

    private RequestJson() {}

    /** For the person: who of the staff it was is the organisation's business. */
    static Map<String, @Nullable Object> own(Request request, ResponseLinks links) {
        return HttpJson.object(
                "id", request.id().toString(),
                "flow", request.flow().word(),
                "state", request.state().word(),
                "requestedAt", request.requestedAt().toString(),
                "requestedBy", by(request.requestedBy()),
                "softDeletedAt", text(request.softDeletedAt()),
                "loginBlockedUntil", text(request.loginBlockedUntil()),
                "dueAt", request.dueAt().toString(),
                "cancelledAt", text(request.cancelledAt()),
                "reactivatedAt", text(request.reactivatedAt()),
                "erasedAt", text(request.erasedAt()),
                "receipt", links.receipt(request));
    }

    /** {@code self} or {@code staff} */
    static String by(String actor) {
        return actor.startsWith("staff:") ? "staff" : actor;
    }

    static Map<String, @Nullable Object> staff(RequestListPage.RequestListEntry entry) {
        Request.Deadlines deadlines = entry.deadlines();
        return HttpJson.object(
                "id", entry.id().toString(),
                "kind", entry.kind(),
                "state", entry.state(),
                "subject", entry.subject(),
                "requestedAt", entry.requestedAt().toString(),
                "requestedBy", entry.requestedBy(),
                "reason", entry.reason(),
                "dueAt", text(entry.dueAt()),
                "answerBy",
                        HttpJson.object(
                                "oneMonth", deadlines.oneMonth().toString(),
                                "fortyFiveDays", deadlines.fortyFiveDays().toString()),
                "attempts", entry.attempts(),
                "failure", entry.failure(),
                "incomplete", entry.incomplete());
    }

    public static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}

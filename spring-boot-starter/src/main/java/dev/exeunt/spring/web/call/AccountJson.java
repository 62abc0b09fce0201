package dev.exeunt.spring.web.call;

import dev.exeunt.erase.RestoreResult;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests.AccountStatus;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.Request;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.TimeText;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a person's status, and previews of a flow, as JSON. */
public final class AccountJson {

    private AccountJson() {}

    /** @param offers the flows of the map; the JSON lists those that are open to the person now */
    public static Map<String, @Nullable Object> status(
            AccountStatus status, Collection<DataMap.Offer> offers, RequestView view) {
        ResponseLinks links = view.links();
        GateDecision gate = status.gate();
        Optional<Request> open =
                status.requests().stream().filter(r -> r.state().isOpen()).max(Comparator.comparing(Request::flow));
        return HttpJson.object(
                "state", gate.state().word(),
                "until", RequestJson.text(gate.until()),
                "banner",
                        open.map(r -> banner(r, status.delayedByHold(), links)).orElse(null),
                "dataDeletionRequestedAt", RequestJson.text(status.dataDeletionRequestedAt()),
                "deactivatedAt", RequestJson.text(status.deactivatedAt()),
                "reactivatedAt", RequestJson.text(status.reactivatedAt()),
                "softDeletedAt",
                        open.map(r -> RequestJson.text(r.softDeletedAt())).orElse(null),
                "loginBlockedUntil",
                        gate.state() == GateDecision.GateState.BLOCKED
                                ? RequestJson.text(gate.until())
                                : open.map(r -> RequestJson.text(r.loginBlockedUntil()))
                                        .orElse(null),
                "eraseDueAt", open.map(r -> r.dueAt().toString()).orElse(null),
                "delayedByHold", status.delayedByHold(),
                "flows",
                        offers.stream()
                                .filter(o -> o.flow() != AccountFlow.DELETE_DATA || !away(gate))
                                .map(o -> offer(o.flow(), links))
                                .toList(),
                "requests", view.json(status.requests()));
    }

    /** Whether the account is blocked or deactivated. Data deletion is refused then, so it is not offered. */
    private static boolean away(GateDecision gate) {
        return gate.state() == GateDecision.GateState.BLOCKED || gate.state() == GateDecision.GateState.DEACTIVATED;
    }

    private static Map<String, @Nullable Object> offer(AccountFlow flow, ResponseLinks links) {
        String call = switch (flow) {
            case DELETE_DATA -> "/data-deletion";
            case DEACTIVATE -> "/deactivation";
            case DELETE_ACCOUNT -> "/deletion";
        };
        return HttpJson.object("flow", flow.word(), "href", links.to(call));
    }

    /** Writes the banner that pages of the application can show while a request of the person is open. */
    private static Map<String, @Nullable Object> banner(Request request, boolean delayed, ResponseLinks links) {
        String date = TimeText.date(request.dueAt());
        String text = switch (request.flow()) {
            case DELETE_DATA -> "Your data will be deleted on " + date + ".";
            case DEACTIVATE -> "Your account is deactivated, and will be deleted on " + date + ".";
            case DELETE_ACCOUNT -> "Your account will be deleted on " + date + ".";
        };
        String back = request.flow() == AccountFlow.DEACTIVATE ? "/reactivation" : "/cancellation";
        return HttpJson.object(
                "text", delayed ? text + " A legal hold may delay this." : text,
                "flow", request.flow().word(),
                "dueAt", request.dueAt().toString(),
                "cancel", HttpJson.object("method", "POST", "href", links.to(back)));
    }

    /** Writes how many rows of a table were put back as they were, were changed meanwhile, or are gone. */
    public static Map<String, @Nullable Object> restored(RestoreResult.TableRestoreResult table) {
        return HttpJson.object(
                "table", table.table(), "rows", table.rows(), "changed", table.changed(), "gone", table.gone());
    }
}

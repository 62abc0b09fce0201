package dev.exeunt.spring.web.call;

import dev.exeunt.request.Request;
import dev.exeunt.request.RequestListPage.RequestListEntry;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.support.event.ExternalSystems;
import dev.exeunt.support.event.OpenAnswers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows requests with links to their receipts, and with the systems that still have to answer about an erasure. */
public final class RequestView {

    private static final String ERASED = Request.State.ERASED.word();

    private final ResponseLinks links;
    private final ExternalSystems systems;

    public RequestView(ResponseLinks links, ExternalSystems systems) {
        this.links = links;
        this.systems = systems;
    }

    ResponseLinks links() {
        return links;
    }

    public Map<String, @Nullable Object> json(Request request) {
        return json(List.of(request)).get(0);
    }

    public List<Map<String, @Nullable Object>> json(List<Request> requests) {
        Map<UUID, OpenAnswers> open = systems.openAnswers(requests.stream()
                .filter(r -> r.state() == Request.State.ERASED)
                .map(Request::id)
                .toList());
        return requests.stream()
                .map(r -> {
                    Map<String, @Nullable Object> json = RequestJson.own(r, links);
                    json.put("waitingFor", waitingFor(open.get(r.id())));
                    return json;
                })
                .toList();
    }

    /** Returns null where no system is waited for. */
    private static @Nullable Map<String, @Nullable Object> waitingFor(@Nullable OpenAnswers open) {
        return open == null || open.complete()
                ? null
                : HttpJson.object("systems", open.waiting(), "until", RequestJson.text(open.until()));
    }

    /** Shows requests in the list of staff, who see also which systems are late, have refused or were not told. */
    public static List<Map<String, @Nullable Object>> staff(List<RequestListEntry> entries, ExternalSystems systems) {
        Map<UUID, OpenAnswers> open = systems.openAnswers(entries.stream()
                .filter(e -> e.state().equals(ERASED))
                .map(RequestListEntry::id)
                .toList());
        return entries.stream()
                .map(e -> {
                    Map<String, @Nullable Object> json = RequestJson.staff(e);
                    OpenAnswers answers = open.get(e.id());
                    json.put("systems", answers == null ? null : answers.toMap());
                    return json;
                })
                .toList();
    }
}

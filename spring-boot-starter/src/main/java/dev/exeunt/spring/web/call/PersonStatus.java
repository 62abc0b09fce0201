package dev.exeunt.spring.web.call;

import dev.exeunt.export.ExportJobs;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.support.event.ExternalSystems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes a person's account and exports as JSON. */
public final class PersonStatus {

    private final AccountRequests requests;
    private final ExportJobs exports;
    private final DataMap map;
    private final ExternalSystems systems;
    private final ExeuntSettings settings;
    private final Clock clock;

    public PersonStatus(
            AccountRequests requests,
            ExportJobs exports,
            DataMap map,
            ExternalSystems systems,
            ExeuntSettings settings,
            Clock clock) {
        this.requests = requests;
        this.exports = exports;
        this.map = map;
        this.systems = systems;
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns the requests of the person and what they may ask for. */
    public Map<String, @Nullable Object> account(String key, HttpServletRequest request) {
        var view = new RequestView(new ResponseLinks(request, settings.path(), requests), systems);
        return AccountJson.status(requests.status(key), map.offers(), view);
    }

    /** Returns the exports of the person and when they may ask again. */
    public Map<String, @Nullable Object> exports(String key, HttpServletRequest request) {
        return new ExportJson(request.getContextPath() + settings.path() + "/export", clock.instant())
                .status(exports.status(key), AcceptedLanguages.of(request));
    }
}

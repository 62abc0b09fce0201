package dev.exeunt.spring.web.staff;

import static dev.exeunt.spring.web.call.RequestJson.text;

import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.support.event.DeliveryEntry;
import dev.exeunt.support.event.SystemStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes external systems and their events as {@code exeunt systems --format json} does. No person is in it. */
final class SystemsJson {

    private SystemsJson() {}

    static Map<String, @Nullable Object> status(SystemStatus system) {
        return HttpJson.object(
                "system", system.system(),
                "named", system.named(),
                "waiting", system.waiting(),
                "oldest", text(system.oldest()),
                "failed", system.failed(),
                "unanswered", system.unanswered(),
                "overdue", system.overdue(),
                "refused", system.refused(),
                "paused", system.paused());
    }

    static Map<String, @Nullable Object> entry(DeliveryEntry entry) {
        return HttpJson.object(
                "event", entry.event().toString(),
                "system", entry.system(),
                "type", entry.type(),
                "at", entry.at().toString(),
                "request", text(entry.request()),
                "state", entry.state(),
                "attempts", entry.attempts(),
                "nextAttempt", text(entry.nextAttempt()),
                "failure", entry.failure(),
                "answerBy", text(entry.answerBy()),
                "answer", entry.answer(),
                "reason", entry.reason());
    }
}

package dev.exeunt.spring.external;

import dev.exeunt.spring.external.DeliveryOutcome.Failed;
import dev.exeunt.spring.external.DeliveryOutcome.Taken;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.support.event.OutgoingEvent;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import tools.jackson.databind.JsonNode;

/**
 * Publishes events in the application itself, each in a transaction of the application, so that {@code @TransactionalEventListener} works.
 * An event whose listener throws is rolled back and published again later.
 */
final class ApplicationReceiver implements EventReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationReceiver.class);

    private final ApplicationEventPublisher publisher;
    private final EventTransaction transaction;

    ApplicationReceiver(ApplicationEventPublisher publisher, EventTransaction transaction) {
        this.publisher = publisher;
        this.transaction = transaction;
    }

    @Override
    public DeliveryOutcome deliver(OutgoingEvent event, String body) {
        AccountEvent published = published(event, body);
        try {
            transaction.run(() -> publisher.publishEvent(published));
            return new Taken(null);
        } catch (RuntimeException e) {
            LOG.warn(
                    "A listener of the application failed at the event {}: {}.",
                    event.id(),
                    e.getClass().getName());
            return new Failed("listener", false);
        }
    }

    /** Returns the event as the application gets it. */
    static AccountEvent published(OutgoingEvent event, String body) {
        JsonNode data = HttpJson.MAPPER.readTree(body).get("data");
        JsonNode request = data.get("request");
        return new AccountEvent(
                event.id(),
                event.type(),
                event.at(),
                data.get("subject").stringValue(),
                request.isNull() ? null : UUID.fromString(request.stringValue()),
                body);
    }
}

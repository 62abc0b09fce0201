package dev.exeunt.spring.external;

import dev.exeunt.spring.external.DeliveryOutcome.Failed;
import dev.exeunt.spring.external.DeliveryOutcome.Taken;
import dev.exeunt.support.event.OutgoingEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers the events of a system to a bean of the application. */
final class BeanReceiver implements EventReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(BeanReceiver.class);

    private final AccountEventReceiver bean;

    BeanReceiver(AccountEventReceiver bean) {
        this.bean = bean;
    }

    @Override
    public DeliveryOutcome deliver(OutgoingEvent event, String body) {
        try {
            return new Taken(
                    bean.receive(ApplicationReceiver.published(event, body)).answer());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed("interrupted", true);
        } catch (Exception e) {
            LOG.warn(
                    "The receiver of {} failed at the event {}: {}.",
                    event.system(),
                    event.id(),
                    e.getClass().getName());
            return new Failed("receiver", false);
        }
    }
}

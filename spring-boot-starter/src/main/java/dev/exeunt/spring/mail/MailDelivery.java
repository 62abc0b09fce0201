package dev.exeunt.spring.mail;

import dev.exeunt.spring.mail.MailFailure.Cause;
import dev.exeunt.support.message.MessageQueue;
import dev.exeunt.support.message.OutgoingMessage;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the messages that are due, and forgets the address of each that is over. */
public final class MailDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(MailDelivery.class);

    private final MessageQueue queue;
    private final MailComposer composer;
    private final SmtpServer server;
    private final Clock clock;

    MailDelivery(MessageQueue queue, MailComposer composer, SmtpServer server, Clock clock) {
        this.queue = queue;
        this.composer = composer;
        this.server = server;
        this.clock = clock;
    }

    /**
     * Sends what is due, until nothing is or the mail server fails.
     *
     * @param worker a name that no other worker has at the same time
     * @return how many messages the mail server has taken
     */
    public int deliverDue(String worker) {
        queue.dropOver();
        queue.capture();
        int sent = 0;
        Optional<OutgoingMessage> next = queue.claim(worker);
        while (next.isPresent()) {
            Optional<MailFailure> failure = send(next.get());
            if (failure.isEmpty()) {
                queue.markSent(next.get());
                sent++;
            } else {
                record(next.get(), failure.get());
            }
            boolean stop = Thread.currentThread().isInterrupted()
                    || failure.filter(f -> f.cause() == Cause.SERVER).isPresent();
            next = stop ? Optional.empty() : queue.claim(worker);
        }
        return sent;
    }

    private Optional<MailFailure> send(OutgoingMessage message) {
        Optional<String> address = RecipientAddress.of(message.address());
        if (address.isEmpty()) {
            return Optional.of(new MailFailure("address", Cause.RECIPIENT));
        }
        try {
            return server.send(message.id(), address.get(), composer.compose(message), clock.instant());
        } catch (RuntimeException e) {
            return Optional.of(new MailFailure(e.getClass().getSimpleName(), Cause.MESSAGE)); // others still go out
        }
    }

    private void record(OutgoingMessage message, MailFailure failure) {
        boolean dropped = queue.markFailed(message, failure.word(), failure.cause() == Cause.RECIPIENT);
        LOG.warn(
                "The message {} ({}) was not sent: {}. {}",
                message.id(),
                message.kind().word(),
                failure.word(),
                dropped ? "It was dropped, and its address forgotten." : "It is tried again.");
    }
}

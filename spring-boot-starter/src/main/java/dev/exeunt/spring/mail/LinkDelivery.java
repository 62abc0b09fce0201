package dev.exeunt.spring.mail;

import dev.exeunt.spring.mail.MailFailure.Cause;
import dev.exeunt.support.message.ClaimedLink;
import dev.exeunt.support.message.OneTimeLinks;
import dev.exeunt.support.message.OutgoingLink;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the one-time links that were asked for. A wish that means no person is dropped without a trace in the log. */
public final class LinkDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(LinkDelivery.class);

    private final OneTimeLinks links;
    private final MailComposer composer;
    private final SmtpServer server;
    private final Clock clock;

    LinkDelivery(OneTimeLinks links, MailComposer composer, SmtpServer server, Clock clock) {
        this.links = links;
        this.composer = composer;
        this.server = server;
        this.clock = clock;
    }

    /**
     * Sends what is due, until nothing is or the mail server fails.
     *
     * @param worker a name that no other worker has at the same time
     * @return how many links the mail server has taken
     */
    public int deliverDue(String worker) {
        links.sweep();
        int sent = 0;
        Optional<ClaimedLink> next = links.claim(worker);
        while (next.isPresent()) {
            Attempt attempt = attempt(next.get());
            sent += attempt == Attempt.SENT ? 1 : 0;
            boolean stop =
                    attempt == Attempt.SERVER_FAILED || Thread.currentThread().isInterrupted();
            next = stop ? Optional.empty() : links.claim(worker);
        }
        return sent;
    }

    private enum Attempt {
        SENT,
        OVER,
        SERVER_FAILED
    }

    private Attempt attempt(ClaimedLink claimed) {
        Optional<MailFailure> failure;
        try {
            Optional<OutgoingLink> link = links.make(claimed);
            if (link.isEmpty()) {
                return Attempt.OVER;
            }
            failure = send(link.get());
        } catch (RuntimeException e) {
            failure = Optional.of(new MailFailure(e.getClass().getSimpleName(), Cause.MESSAGE)); // others still go out
        }
        if (failure.isEmpty()) {
            links.markSent(claimed);
            return Attempt.SENT;
        }
        record(claimed, failure.get());
        return failure.get().cause() == Cause.SERVER ? Attempt.SERVER_FAILED : Attempt.OVER;
    }

    private Optional<MailFailure> send(OutgoingLink link) {
        Optional<String> address = RecipientAddress.of(link.address());
        return address.isEmpty()
                ? Optional.of(new MailFailure("address", Cause.RECIPIENT))
                : server.send(link.id(), address.get(), composer.compose(link, links.valid()), clock.instant());
    }

    private void record(ClaimedLink claimed, MailFailure failure) {
        boolean dropped = links.markFailed(claimed, failure.cause() == Cause.RECIPIENT);
        LOG.warn(
                "The one-time link {} was not sent: {}. {}",
                claimed.id(),
                failure.word(),
                dropped ? "It was dropped." : "It is tried again.");
    }
}

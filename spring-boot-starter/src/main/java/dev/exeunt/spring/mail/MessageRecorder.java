package dev.exeunt.spring.mail;

import dev.exeunt.UnknownSubjectException;
import dev.exeunt.request.Actor;
import dev.exeunt.spring.web.call.AcceptedLanguages;
import dev.exeunt.support.message.MessageQueue;
import dev.exeunt.support.message.MessageRecipient;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Notes whom messages go to while requests are made and carried out. A failure here is logged and goes no further: it fails no request
 * and no erasure. The worker notes later what was missed, as long as the person's row is there.
 */
public final class MessageRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(MessageRecorder.class);

    private final MessageQueue queue;
    private final List<String> languages;

    MessageRecorder(MessageQueue queue, List<String> languages) {
        this.queue = queue;
        this.languages = List.copyOf(languages);
    }

    /** Reads the address before a request changes the person's row; empty where there is no such person. */
    Optional<MessageRecipient> recipient(String key) {
        try {
            return queue.recipient(key);
        } catch (UnknownSubjectException e) {
            return Optional.empty(); // the request itself reports it
        } catch (RuntimeException e) {
            LOG.warn("An address was not read: {}.", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** Notes the messages of a request that was just made. */
    void add(UUID request, MessageRecipient recipient, Actor actor) {
        guarded("Messages were not noted", () -> queue.add(request, recipient, actor.isStaff() ? null : language()));
    }

    /** Notes the messages of all open requests. */
    void capture() {
        guarded("Messages were not noted", queue::capture);
    }

    /** Forgets the addresses of requests that were taken back. */
    void forgetWithdrawn() {
        guarded("Addresses were not forgotten yet", queue::dropOver);
    }

    private static void guarded(String failed, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("{}: {}. The worker tries again.", failed, e.getClass().getSimpleName());
        }
    }

    /** Returns the language of the call that this thread answers; null where it answers none, or none has texts. */
    private @Nullable String language() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes call
                ? Locale.lookupTag(AcceptedLanguages.of(call.getRequest()), languages)
                : null;
    }
}

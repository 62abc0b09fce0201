package dev.exeunt.spring.mail;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sends messages in the background, on a thread of its own: a slow mail server delays neither erasures nor exports. */
public final class MailWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(MailWorker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MailDelivery delivery;
    private final Duration pause;
    private final String name = "exeunt-mail-" + UUID.randomUUID();
    private @Nullable ScheduledExecutorService thread;

    /** @param pause between two looks at what is due */
    MailWorker(MailDelivery delivery, Duration pause) {
        this.delivery = delivery;
        this.pause = pause;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(run -> {
                Thread made = new Thread(run, "exeunt-mail");
                made.setDaemon(true);
                return made;
            });
            thread.scheduleWithFixedDelay(this::deliver, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What fails here fails as a whole, such as a database that is away. The next look tries again. */
    private void deliver() {
        try {
            delivery.deliverDue(name);
        } catch (RuntimeException e) {
            LOG.warn("Messages were not sent. They are tried again.", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdown();
            try {
                if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    thread.shutdownNow();
                }
            } catch (InterruptedException e) {
                thread.shutdownNow();
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}

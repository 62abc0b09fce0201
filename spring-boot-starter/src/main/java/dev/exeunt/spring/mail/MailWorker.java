package dev.exeunt.spring.mail;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sends messages in the background, on a thread of its own: a slow mail server delays neither erasures nor exports. */
public final class MailWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(MailWorker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String threadName;
    private final Consumer<String> delivery;
    private final Duration pause;
    private final String name = "exeunt-mail-" + UUID.randomUUID();
    private @Nullable ScheduledExecutorService thread;

    /**
     * @param delivery sends what is due, under a name that no other worker has at the same time
     * @param pause between two looks at what is due
     */
    MailWorker(String threadName, Consumer<String> delivery, Duration pause) {
        this.threadName = threadName;
        this.delivery = delivery;
        this.pause = pause;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(run -> {
                Thread made = new Thread(run, threadName);
                made.setDaemon(true);
                return made;
            });
            thread.scheduleWithFixedDelay(this::deliver, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What fails here fails as a whole, such as a database that is away. The next look tries again. */
    private void deliver() {
        try {
            delivery.accept(name);
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

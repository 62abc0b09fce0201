package dev.exeunt.spring;

import dev.exeunt.work.Worker;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** A worker that begins when the application is up, and hands back what it cannot finish when it goes. */
public final class BackgroundWork implements SmartLifecycle {

    private final Function<String, Worker> make;
    private @Nullable Worker worker;

    BackgroundWork(Function<String, Worker> make) {
        this.make = make;
    }

    @Override
    public synchronized void start() {
        if (worker == null) {
            worker = make.apply("exeunt-" + UUID.randomUUID());
            worker.start();
        }
    }

    @Override
    public synchronized void stop() {
        if (worker != null) {
            worker.close();
            worker = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return worker != null;
    }
}

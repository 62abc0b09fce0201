package dev.exeunt.spring;

import dev.exeunt.work.BackgroundWorker;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts the background worker when the application starts, and stops it when the application stops. */
public final class WorkerLifecycle implements SmartLifecycle {

    private final Function<String, BackgroundWorker> make;
    private @Nullable BackgroundWorker worker;

    WorkerLifecycle(Function<String, BackgroundWorker> make) {
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

package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Starts {@link ReaperProcess} on an application's database, and kills it. */
final class KilledWorker implements AutoCloseable {

    /** With which a process ends that dies by itself. */
    static final int DIED = 137;

    private final GuildTestApplication guilds;
    private final Process process;

    private KilledWorker(GuildTestApplication guilds, Process process) {
        this.guilds = guilds;
        this.process = process;
    }

    /**
     * Says what the process does.
     *
     * @param name of the worker, or {@code replay}
     * @param ledger the file of the ledger
     * @param dies at which write to the ledger it ends by itself, as {@link ReaperProcess} says
     */
    record Orders(Instant now, boolean guarded, String name, Path ledger, int dies) {}

    static KilledWorker start(GuildTestApplication guilds, Orders orders) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReaperProcess.class.getName(),
                        guilds.database().jdbcUrl(),
                        guilds.database().user(),
                        orders.now().toString(),
                        orders.guarded() ? "guarded" : "unguarded",
                        orders.name(),
                        orders.ledger().toString(),
                        Integer.toString(orders.dies()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new KilledWorker(guilds, process);
    }

    /**
     * Lets it work, and kills it.
     *
     * @param begun whether it is where the time begins to count
     * @return whether it was done before
     */
    boolean killAfter(BooleanSupplier begun, int millis) throws IOException, InterruptedException {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            if (said.readLine() == null) {
                assertThat(process.waitFor())
                        .as("died while it copied what another worker left")
                        .isEqualTo(DIED);
                return false;
            }
            process.getOutputStream().write('g');
            process.getOutputStream().flush();
            while (process.isAlive() && !begun.getAsBoolean()) {
                Thread.onSpinWait();
            }
            process.waitFor(millis, TimeUnit.MILLISECONDS);
            process.toHandle().destroyForcibly(); // unlike the process's own, leaves what it said
            process.waitFor();
            String connected =
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'exeunt' AND datname = current_database()";
            while (!guilds.database().scalar(connected).equals("0")) {
                Thread.onSpinWait(); // the server has not noticed yet
            }
            return said.readLine() != null;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

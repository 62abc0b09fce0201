package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a process interrupted by Ctrl-C changes nothing and leaves no file. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX signals")
class InterruptSignalTest {

    @TempDir
    Path folder;

    @Test
    void anErasureThatIsInterruptedChangesNothingAndLeavesNoReceipt() throws Exception {
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            Map<String, List<String>> before = sample.database().snapshot();
            ProcessResult ended = interruptedAt(sample, "catch_reactions", "erase", "username:angler-0042", "--yes");
            assertThat(ended.code()).as(ended.output()).isEqualTo(130);
            assertThat(ended.output()).contains("Nothing was changed");
            assertThat(sample.database().snapshot()).isEqualTo(before);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void anExportThatIsInterruptedLeavesNoFile() throws Exception {
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            ProcessResult ended =
                    interruptedAt(sample, "catch_reactions", "export", "username:angler-0042", "--as", "zip");
            assertThat(ended.code()).as(ended.output()).isEqualTo(130);
            assertThat(files()).isEmpty();
        }
    }

    /** Holds the exit code and output of an ended process. */
    private record ProcessResult(int code, String output) {}

    private ProcessResult interruptedAt(LoadedSample sample, String table, String... arguments) throws Exception {
        Path output = Files.createTempFile("exeunt", ".out");
        try (Connection other = sample.database().connection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            Process process = start(sample, output, arguments);
            while (process.isAlive() && !waiting(sample)) {
                Thread.onSpinWait();
            }
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return new ProcessResult(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** A build that a shell runs in the background ignores interrupts, and so do the processes that it starts, unless they say otherwise. */
    private static List<String> heedingInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        long interrupt = 1L << 1;
        boolean ignored = Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & interrupt) != 0);
        return ignored ? List.of("env", "--default-signal=INT") : List.of();
    }

    private Process start(LoadedSample sample, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(heedingInterrupts());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.exeunt.app.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "EXEUNT_DB", sample.database().jdbcUrl(),
                        "EXEUNT_DB_USER", sample.database().user(),
                        "EXEUNT_DB_PASSWORD", sample.database().password(),
                        "EXEUNT_MAP", sample.folder().resolve("exeunt.yaml").toString()));
        return builder.start();
    }

    private static boolean waiting(LoadedSample sample) throws SQLException {
        return !sample.database()
                .scalar("SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database"
                        + " WHERE datname = current_database())")
                .equals("0");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}

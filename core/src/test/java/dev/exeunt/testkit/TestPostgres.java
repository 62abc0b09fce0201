package dev.exeunt.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Starts the one PostgreSQL of this JVM for tests. Only the superuser gets in without a password, and only from this
 * machine.
 */
final class TestPostgres {

    static final String SUPERUSER = "postgres";

    private static final String HBA = """
            local all postgres trust
            host all postgres 127.0.0.1/32 trust
            host all postgres ::1/128 trust
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            """;

    /** A database is some 300 files: in memory a clone takes 20 ms, on a slow disk 400. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final String PREFIX = "exeunt-test-";
    private static final long ROOM = 2L << 30;

    private TestPostgres() {}

    static int port() {
        return ServerHolder.SERVER.getPort();
    }

    static String url(String database) {
        return "jdbc:postgresql://localhost:" + port() + "/" + database;
    }

    /** Holds the PostgreSQL server, started at the first use. */
    private static final class ServerHolder {
        private static final EmbeddedPostgres SERVER = start();
    }

    /** It stops with the JVM, and its data goes: the builder registers a shutdown hook. */
    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setLocaleConfig("encoding", "UTF8")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("max_connections", "200")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setDataDirectoryCustomizer(TestPostgres::askForPasswords);
            if (Files.isWritable(MEMORY)) {
                clearLeftBehind();
                if (MEMORY.toFile().getUsableSpace() > ROOM) {
                    builder.setDataDirectory(Files.createTempDirectory(MEMORY, PREFIX));
                }
            }
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void askForPasswords(File dataDirectory) {
        try {
            Files.writeString(dataDirectory.toPath().resolve("pg_hba.conf"), HBA);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a killed JVM could not clear. Its server, too, then ends within a minute: it watches over its
     * {@code postmaster.pid}.
     */
    private static void clearLeftBehind() throws IOException {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(MEMORY, PREFIX + "*")) {
            for (Path directory : directories) {
                if (nobodyHolds(directory)) {
                    delete(directory);
                }
            }
        }
    }

    /** Its JVM holds a lock in it, but for the first moments. */
    private static boolean nobodyHolds(Path directory) {
        try {
            Instant young = Instant.now().minus(Duration.ofMinutes(5));
            if (Files.getLastModifiedTime(directory).toInstant().isAfter(young)) {
                return false;
            }
            try (FileChannel file = FileChannel.open(directory.resolve("epg-lock"), StandardOpenOption.WRITE);
                    FileLock lock = file.tryLock()) {
                return lock != null;
            }
        } catch (IOException e) {
            return false; // somebody else's
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // somebody else, started at the same moment, clears it as well
        }
    }
}

package dev.exeunt.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL of its own that archives its log, so that it can be recovered to an earlier moment in another directory, as an operator does.
 */
public final class ArchivingPostgres implements AutoCloseable {

    private static final Duration STARTUP = Duration.ofSeconds(60);

    private final Path folder;
    private final EmbeddedPostgres server;

    private ArchivingPostgres(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
    }

    /** @param folder for its data, its archive and its backup */
    public static ArchivingPostgres start(Path folder) throws IOException {
        Path archive = Files.createDirectory(folder.resolve("archive"));
        return new ArchivingPostgres(
                folder,
                EmbeddedPostgres.builder()
                        .setLocaleConfig("locale", "C.UTF-8")
                        .setLocaleConfig("encoding", "UTF8")
                        .setServerConfig("synchronous_commit", "off")
                        .setDataDirectory(folder.resolve("data"))
                        .setDataDirectoryCustomizer(data -> set(data.toPath(), """
                                archive_mode = on
                                archive_command = 'cp %%p %s/%%f'
                                """.formatted(archive)))
                        .setPGStartupWait(STARTUP)
                        .start());
    }

    private static void set(Path data, String settings) {
        try {
            Files.writeString(data.resolve("postgresql.conf"), settings, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    }

    /** Runs a query or another statement as the superuser. Returns the first column of the first row; null where there is none. */
    public String run(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            return run(statement, sql);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), "postgres", "postgres");
    }

    private static String run(Statement statement, String sql) throws SQLException {
        if (!statement.execute(sql)) {
            return null;
        }
        try (ResultSet rows = statement.getResultSet()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** Copies the data while the server runs, between the calls that begin and end a backup. */
    public void backUp() throws SQLException, IOException {
        boolean new15 = Integer.parseInt(run("SHOW server_version_num")) >= 150_000;
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            run(
                    statement,
                    new15 ? "SELECT pg_backup_start('drill', true)" : "SELECT pg_start_backup('drill', true, false)");
            copyData(folder.resolve("data"), folder.resolve("backup"));
            String label = run(
                    statement,
                    new15 ? "SELECT labelfile FROM pg_backup_stop()" : "SELECT labelfile FROM pg_stop_backup(false)");
            Files.writeString(folder.resolve("backup").resolve("backup_label"), label);
        }
    }

    /** Files that the server removes meanwhile are made again from the log. */
    private static void copyData(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.map(from::relativize).toList();
        }
        for (Path each : all) {
            Path target = to.resolve(each.toString());
            boolean log =
                    each.startsWith("pg_wal") && each.getNameCount() > 1 && !Files.isDirectory(from.resolve(each));
            if (Files.isDirectory(from.resolve(each))) {
                Files.createDirectories(
                        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else if (!log
                    && !List.of("postmaster.pid", "postmaster.opts", "epg-lock").contains(each.toString())) {
                copyUnlessGone(from.resolve(each), target);
            }
        }
    }

    private static void copyUnlessGone(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
            // it was a file of a moment
        }
    }

    /** Marks a moment to which {@link #recover} can go. */
    public void mark(String name) throws SQLException {
        run("SELECT pg_create_restore_point('" + name + "')");
    }

    /** Ends, and starts from the backup and the archive at the moment that was marked. */
    public ArchivingPostgres recover(String mark) throws SQLException, IOException {
        run("SELECT pg_switch_wal()");
        server.close();
        Path data = folder.resolve("backup");
        Files.createFile(data.resolve("recovery.signal"));
        set(data, """
                archive_mode = off
                restore_command = 'cp %s/%%f %%p'
                recovery_target_name = '%s'
                recovery_target_action = promote
                """.formatted(folder.resolve("archive"), mark));
        EmbeddedPostgres recovered = EmbeddedPostgres.builder()
                .setCleanDataDirectory(false)
                .setDataDirectory(data)
                .setPGStartupWait(STARTUP)
                .start();
        ArchivingPostgres restored = new ArchivingPostgres(folder, recovered);
        while (restored.run("SELECT pg_is_in_recovery()").equals("t")) {
            Thread.onSpinWait();
        }
        return restored;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

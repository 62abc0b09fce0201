package dev.exeunt.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs {@code pg_dump} and {@code pg_restore} of this machine. */
public final class PostgresTools {

    /** Where Debian keeps the programs of each version. */
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private final Path folder;

    private PostgresTools(Path folder) {
        this.folder = folder;
    }

    /**
     * Finds the programs of a version that dumps this server: they refuse a newer one.
     *
     * @param serverVersion as {@code server_version_num}
     */
    public static Optional<PostgresTools> find(int serverVersion) throws IOException, InterruptedException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.map(v -> v.resolve("bin")).forEach(folders::add);
            }
        }
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .forEach(folders::add);
        for (Path folder : folders) {
            if (Files.isExecutable(folder.resolve("pg_dump")) && version(folder) >= serverVersion / 10_000) {
                return Optional.of(new PostgresTools(folder));
            }
        }
        return Optional.empty();
    }

    private static int version(Path folder) throws IOException, InterruptedException {
        Matcher version = VERSION.matcher(run(folder.resolve("pg_dump").toString(), "--version"));
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    /** Writes a dump of the whole database. */
    public void dump(TestDatabase database, Path file) throws IOException, InterruptedException {
        run(at("pg_dump", database, "--format=custom", "--file=" + file, database.databaseName()));
    }

    /** Restores a dump into an empty database. */
    public void restore(Path dump, TestDatabase into) throws IOException, InterruptedException {
        run(at("pg_restore", into, "--exit-on-error", "--dbname=" + into.databaseName(), dump.toString()));
    }

    private String[] at(String program, TestDatabase database, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                folder.resolve(program).toString(),
                "--host=127.0.0.1",
                "--port=" + database.port(),
                "--username=" + database.user(),
                "--no-password"));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }
}

package dev.exeunt.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Holds the unpacked archive of a release, on a machine that has Java and a few tools of POSIX, but no Maven.
 *
 * @param home the directory that the archive holds
 * @param tools the only directory of the search path, with what the script {@code exeunt} calls
 */
record UnpackedArchive(Path home, Path tools) {

    private static final List<String> TOOLS = List.of("dirname", "mv", "readlink", "rm", "sed");

    /** Holds the exit code and the output of an ended process, errors among it. */
    record ProcessResult(int code, String output) {}

    /** Unpacks the archive into a fresh directory below {@code folder}. */
    static UnpackedArchive into(Path folder) throws IOException, InterruptedException {
        Path archive = Path.of(System.getProperty("exeunt.archive"));
        ProcessResult unpacked = run(new ProcessBuilder("tar", "-xzf", archive.toString()).directory(folder.toFile()));
        if (unpacked.code() != 0) {
            throw new AssertionError("tar: " + unpacked.output());
        }
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path script = Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec " + found(tool) + " \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        }
        return new UnpackedArchive(folder.resolve("exeunt-" + System.getProperty("exeunt.version")), tools);
    }

    private static Path found(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool + " is in no directory of PATH"));
    }

    /** Runs the script with the arguments until it ends. */
    ProcessResult exeunt(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return run(command(environment, arguments));
    }

    /** Starts the script with the arguments; the process becomes the one of Java. */
    Process start(Map<String, String> environment, String... arguments) throws IOException {
        return command(environment, arguments).start();
    }

    /** Returns the unpacked files, without those that the program has made since. */
    List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(home)) {
            return paths.filter(Files::isRegularFile)
                    .filter(Predicate.not(UnpackedArchive::isClassArchive))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isClassArchive(Path file) {
        return file.toString().contains(".jsa");
    }

    private ProcessBuilder command(Map<String, String> environment, String... arguments) {
        List<String> words = new ArrayList<>(List.of(home.resolve("exeunt").toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(home.getParent().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static ProcessResult run(ProcessBuilder builder) throws InterruptedException {
        try {
            Process process = builder.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new ProcessResult(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

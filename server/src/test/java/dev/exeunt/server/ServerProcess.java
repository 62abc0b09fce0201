package dev.exeunt.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as a process of its own. */
record ServerProcess(Process process) implements AutoCloseable {

    /** Holds the directory, environment and JVM options of a server process. */
    record ProcessConditions(Path directory, Map<String, String> environment, List<String> jvm) {

        static ProcessConditions usual(Path directory) {
            return new ProcessConditions(directory, Map.of(), List.of());
        }
    }

    static ServerProcess start(ProcessConditions conditions, String... args) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(conditions.jvm());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(conditions.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(conditions.environment());
        return new ServerProcess(builder.start());
    }

    /** Everything, until it ends. */
    String said() throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What it says from where {@link #port} has stopped listening until it ends. */
    String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line = reader().readLine(); line != null; line = reader().readLine()) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    private BufferedReader reader() {
        return process.inputReader(StandardCharsets.UTF_8); // always the same
    }

    /** Once it serves. */
    int port() throws IOException {
        return port(new StringBuilder());
    }

    /** @param said what it says until then */
    int port(StringBuilder said) throws IOException {
        for (String line = reader().readLine(); line != null; line = reader().readLine()) {
            said.append(line).append('\n');
            Matcher port =
                    Pattern.compile("serves at http://127\\.0\\.0\\.1:(\\d+)").matcher(line);
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
        }
        throw new AssertionError("it did not start: " + said);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

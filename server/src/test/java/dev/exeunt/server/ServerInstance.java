package dev.exeunt.server;

import dev.exeunt.work.BackgroundWorker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** Runs the server in a process that a test can kill. */
final class ServerInstance implements AutoCloseable {

    /** Two seconds after an instance has died its work is others'; with the usual pace it would be a minute. */
    private static final BackgroundWorker.Settings QUICK = new BackgroundWorker.Settings(
            4,
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(20));

    private static final Pattern PORT = Pattern.compile("serves at port (\\d+)");

    private final Process process;
    private final int port;

    private ServerInstance(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** What the process does: what {@code exeunt serve} does, at another pace. */
    public static void main(String[] settings) {
        SpringApplication application = new SpringApplication(ServerConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(ServerConfiguration.DEFAULTS);
        application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>)
                context -> context.registerBean(BackgroundWorker.Settings.class, () -> QUICK));
        var environment = application.run(settings).getEnvironment();
        System.out.println("serves at port " + environment.getProperty("local.server.port"));
    }

    /** Answers when this returns. */
    static ServerInstance start(Path directory, List<String> settings) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                ServerInstance.class.getName()));
        command.addAll(settings);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                Thread rest = new Thread(() -> said.lines().forEach(System.out::println));
                rest.setDaemon(true);
                rest.start();
                return new ServerInstance(process, Integer.parseInt(port.group(1)));
            }
        }
        throw new AssertionError("it did not start: " + all);
    }

    int port() {
        return port;
    }

    /** SIGKILL: nothing is handed back, nothing is said. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}

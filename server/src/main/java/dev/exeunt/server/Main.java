package dev.exeunt.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code exeunt serve}: the server beside an application. */
@Command(
        name = "exeunt serve",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Serve people's requests over HTTP, and do what is due in the background. Any number of instances on one database share"
                    + " the work. Settings come from the environment, then from the file, then from the data map; what is wrong"
                    + " with any of them is told at the start, all at once.",
            ""
        })
public final class Main implements Callable<Integer> {

    private static final Path FILE = Path.of("exeunt-server.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings (default: exeunt-server.yaml, where there is one).")
    private @Nullable Path config;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "Where to listen (default: 127.0.0.1).")
    private @Nullable String address;

    @Option(names = "--port", paramLabel = "PORT", description = "Where to listen (default: 8080; 0 for any free one).")
    private @Nullable Integer port;

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    private boolean help;

    public static void main(String[] args) {
        int code = new CommandLine(new Main())
                .setExecutionExceptionHandler((e, line, parsed) -> 2) // Spring has told what is wrong
                .execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() {
        ConfigurableApplicationContext context = start();
        System.out.println("Exeunt serves at http://" + context.getEnvironment().getProperty("server.address") + ":"
                + context.getEnvironment().getProperty("local.server.port"));
        return 0; // the server goes on in threads of its own, until a signal ends it
    }

    private ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(Server.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(defaults());
        return application.run(arguments());
    }

    /** Said on the command line, and so stronger than everything else. */
    private String[] arguments() {
        Map<String, Object> said = new LinkedHashMap<>();
        if (address != null) {
            said.put("server.address", address);
        }
        if (port != null) {
            said.put("server.port", port);
        }
        return said.entrySet().stream()
                .map(e -> "--" + e.getKey() + "=" + e.getValue())
                .toArray(String[]::new);
    }

    private Map<String, Object> defaults() {
        Map<String, Object> defaults = new LinkedHashMap<>(Server.DEFAULTS);
        if (config != null && !Files.isReadable(config)) {
            throw new ParameterException(
                    new CommandLine(this), "--config: there is no file " + config + " that can be read.");
        }
        Path file = config == null ? FILE : config;
        if (Files.isReadable(file)) {
            defaults.put(
                    "spring.config.additional-location",
                    file.toAbsolutePath().toUri().toString());
        }
        return defaults;
    }
}

package dev.exeunt.server;

import dev.exeunt.ExeuntException;
import dev.exeunt.support.text.VisibleText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs exeunt serve: the server beside an application. */
@Command(
        name = "exeunt serve",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Serve people's requests over HTTP, and do what is due in the background. Any number of instances on one database share"
                    + " the work. Settings come from the environment, then from the file, then from the data map. If some are"
                    + " wrong, the server does not start, and reports all of them at once.",
            ""
        },
        footer = {
            "",
            "It does not start without these, in the file or in the environment:",
            "  exeunt.map                EXEUNT_MAP         the data map's file",
            "  exeunt.database.url       EXEUNT_DB          jdbc:postgresql://localhost:5432/shop",
            "  exeunt.key                EXEUNT_KEY         openssl rand -hex 32",
            "  exeunt.archive.directory  EXPORT_DIR         where exports lie until they expire",
            "  exeunt.jwt.issuer         EXEUNT_JWT_ISSUER  whose tokens are good (or exeunt.jwt.secret, exeunt.jwt.jwks-uri)",
            "",
            "All settings: docs/reference/settings.md."
        })
public final class ServerMain implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServerMain.class);

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
        int code = new CommandLine(new ServerMain())
                .setParameterExceptionHandler((e, words) -> refused(e))
                .setExecutionExceptionHandler((e, line, parsed) -> 2) // StartFailureReporter has reported what is wrong
                .execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int refused(ParameterException e) {
        boolean setting = e instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().stream().anyMatch(w -> w.startsWith("--exeunt."));
        System.err.println(
                setting
                        ? "Settings are not given on the command line, which every user of this machine can read, but in the"
                                + " environment or in the file that --config names."
                        : VisibleText.lines(String.valueOf(e.getMessage())));
        System.err.println("Try: exeunt serve --help");
        return 2;
    }

    @Override
    public Integer call() {
        check();
        ConfigurableApplicationContext context = start();
        LOG.info(
                "Exeunt serves at http://{}:{}",
                context.getEnvironment().getProperty("server.address"),
                context.getEnvironment().getProperty("local.server.port"));
        return 0; // the server goes on in threads of its own, until a signal ends it
    }

    /** Checks what Spring would report later, and less clearly. */
    private void check() {
        if (port != null && (port < 0 || port > 65535)) {
            throw bad("--port: " + port + " is no port. Write a number from 0 (any free one) to 65535.");
        }
        if (address != null) {
            try {
                InetAddress.getByName(address);
            } catch (UnknownHostException e) {
                throw bad("--address: " + address + " is no address that can be found. Write one of this machine's:"
                        + " 127.0.0.1, or 0.0.0.0 for all of them.");
            }
        }
        try {
            if (config != null || Files.exists(FILE)) {
                SettingsFileCheck.check(config == null ? FILE : config);
            }
        } catch (ExeuntException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException bad(String sentence) {
        return new ParameterException(new CommandLine(this), sentence);
    }

    private ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(ServerConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(defaults());
        return application.run(arguments());
    }

    /** Returns the options of the command line, which win over all other sources. */
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
        Map<String, Object> defaults = new LinkedHashMap<>(ServerConfiguration.DEFAULTS);
        Path file = config == null ? FILE : config;
        if (Files.isReadable(file)) {
            defaults.put(
                    "spring.config.additional-location",
                    file.toAbsolutePath().toUri().toString());
        }
        return defaults;
    }
}

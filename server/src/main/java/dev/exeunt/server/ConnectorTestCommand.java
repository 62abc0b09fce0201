package dev.exeunt.server;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.map.DataMap;
import dev.exeunt.spring.external.ConnectorCheck;
import dev.exeunt.spring.external.ConnectorCheck.CheckedPoint;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.spring.settings.read.ExternalSettingsReader;
import dev.exeunt.spring.settings.read.SettingsReader;
import dev.exeunt.support.event.EventOutbox;
import dev.exeunt.support.text.VisibleText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs exeunt connector test: tries the settings of the systems that the map names. */
@Command(
        name = "test",
        abbreviateSynopsis = true,
        description = {
            "Try the address, the credentials and the rights of each system under external of the map, with the settings of exeunt"
                    + " serve. It sends no event and changes nothing.",
            ""
        })
final class ConnectorTestCommand implements Callable<Integer> {

    private static final Path FILE = Path.of("exeunt-server.yaml");

    /** Has no beans: only the settings are read. */
    static class NoBeans {}

    @Parameters(
            arity = "0..1",
            paramLabel = "SYSTEM",
            description = "The system, as the map names it; all unless given.")
    private @Nullable String system;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings (default: exeunt-server.yaml, where there is one).")
    private @Nullable Path config;

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    private boolean help;

    /** Returns 0 where all is well, 1 where something has to be put right, and 2 where nothing could be tried. */
    @Override
    public Integer call() {
        try {
            return test();
        } catch (ExeuntException e) {
            System.err.println("error: " + VisibleText.lines(String.valueOf(e.getMessage())));
            return 2;
        }
    }

    private int test() {
        List<ExternalSystemSettings> systems = systems();
        boolean good = true;
        for (ExternalSystemSettings each : systems) {
            System.out.println(each.name());
            for (CheckedPoint point : ConnectorCheck.check(each)) {
                System.out.println("  " + (point.good() ? "ok      " : "wrong   ") + point.sentence());
                good &= point.good();
            }
        }
        return good ? 0 : 1;
    }

    private List<ExternalSystemSettings> systems() {
        Path file = config == null ? FILE : config;
        if (config != null || Files.exists(FILE)) {
            SettingsFileCheck.check(file);
        }
        try (ConfigurableApplicationContext context = environment(file)) {
            ConfigurableEnvironment environment = context.getEnvironment();
            ExeuntSettings settings = SettingsReader.read(
                    environment, new SettingsReader.ProvidedBeans(false, ObjectStoreSettings.given(environment)));
            DataMap map = Exeunt.readMap(settings.map());
            List<String> names = EventOutbox.systems(map);
            if (names.isEmpty() || system != null && !names.contains(system)) {
                throw new ExeuntException(
                        names.isEmpty()
                                ? "The map names no system under external."
                                : "The map names no system " + system + " under external. There are: "
                                        + String.join(", ", names) + ".");
            }
            return ExternalSettingsReader.read(environment, names, Set.of()).stream()
                    .filter(s -> system == null || s.name().equals(system))
                    .toList();
        }
    }

    private static ConfigurableApplicationContext environment(Path file) {
        SpringApplication application = new SpringApplication(NoBeans.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setWebApplicationType(WebApplicationType.NONE);
        Map<String, Object> defaults = new LinkedHashMap<>(ServerConfiguration.DEFAULTS);
        defaults.put("logging.level.root", "ERROR");
        if (Files.isReadable(file)) {
            defaults.put(
                    "spring.config.additional-location",
                    file.toAbsolutePath().toUri().toString());
        }
        application.setDefaultProperties(defaults);
        return application.run();
    }
}

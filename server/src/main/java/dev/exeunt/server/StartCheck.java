package dev.exeunt.server;

import dev.exeunt.ExeuntException;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import dev.exeunt.spring.settings.read.SettingsReader;
import dev.exeunt.spring.settings.read.SettingsReader.ProvidedBeans;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** Checks the port and reads all settings before any bean uses them, so that all faults are reported at once. */
final class StartCheck implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        String port = PortCheck.fault(context.getEnvironment());
        ExeuntSettings settings = read(context.getEnvironment(), port);
        context.registerBean(ExeuntSettings.class, () -> settings);
    }

    /** @param port the fault of the port, which is reported first; null where there is none */
    private static ExeuntSettings read(ConfigurableEnvironment environment, @Nullable String port) {
        try {
            ExeuntSettings settings = read(environment);
            if (port == null) {
                return settings;
            }
        } catch (SettingsInvalidException e) {
            throw port == null ? e : new ExeuntException(port + "\n" + e.getMessage(), e);
        }
        throw new ExeuntException(port);
    }

    private static ExeuntSettings read(ConfigurableEnvironment environment) {
        List<String> elsewhere = new ArrayList<>();
        boolean archives = ObjectStoreSettings.given(environment);
        if (archives) {
            ObjectStoreSettings.read(environment, elsewhere);
        }
        try {
            ExeuntSettings settings = SettingsReader.read(environment, new ProvidedBeans(false, archives));
            if (elsewhere.isEmpty()) {
                return settings;
            }
            throw new SettingsInvalidException(elsewhere);
        } catch (SettingsInvalidException e) {
            List<String> all = new ArrayList<>(e.faults());
            elsewhere.stream().filter(f -> !all.contains(f)).forEach(all::add);
            throw new SettingsInvalidException(all);
        }
    }
}

package dev.exeunt.server;

import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import dev.exeunt.spring.settings.SettingsReader;
import dev.exeunt.spring.settings.SettingsReader.Brought;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads all settings before anything is made of them, so that whatever is wrong is told at once, also that nothing is set. */
final class StartCheck implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        Settings settings = read(context.getEnvironment());
        context.registerBean(Settings.class, () -> settings);
    }

    private static Settings read(ConfigurableEnvironment environment) {
        List<String> elsewhere = new ArrayList<>();
        boolean archives = ObjectStoreSettings.given(environment);
        if (archives) {
            ObjectStoreSettings.read(environment, elsewhere);
        }
        try {
            Settings settings = SettingsReader.read(environment, new Brought(false, archives));
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

package dev.exeunt.spring.settings.read;

import dev.exeunt.map.ExportSettings.RateLimit;
import dev.exeunt.spring.settings.MailSettings.OneTimeLinkSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one-time links for people who cannot sign in any more. They are off unless the operator turns them on. */
final class LinkSettingsReader {

    private static final int LEAST_MINUTES = 5;
    private static final int MOST_MINUTES = 60;
    private static final String MINUTES = "[1-9][0-9]?m";
    private static final Duration VALID = Duration.ofMinutes(15);
    private static final RateLimit OF_PERSON = RateLimit.of("3 per 1h").orElseThrow();
    private static final RateLimit OF_CLIENT = RateLimit.of("30 per 1h").orElseThrow();
    private static final RateLimit IN_ALL = RateLimit.of("1000 per 1h").orElseThrow();

    private final SettingValues values;
    private final ValueParser parser;

    LinkSettingsReader(SettingValues values, ValueParser parser) {
        this.values = values;
        this.parser = parser;
    }

    /**
     * Returns null where the operator does not want them.
     *
     * @param mail whether there is a mail server to send them
     */
    @Nullable
    OneTimeLinkSettings read(boolean mail) {
        boolean enabled =
                values.value(SettingDefinition.LINK_ENABLED, parser::yesOrNo).orElse(false);
        if (!enabled) {
            SettingDefinition.LINK.forEach(this::refuseWhereOff);
            return null;
        }
        if (!mail) {
            values.add(
                    "exeunt.link.enabled is true and exeunt.mail.host is not set: links are sent by e-mail."
                            + " Set exeunt.mail.host, exeunt.mail.from and exeunt.mail.base-url, or set exeunt.link.enabled to false.");
        }
        return new OneTimeLinkSettings(
                values.value(SettingDefinition.LINK_VALID, this::minutes).orElse(VALID),
                values.value(SettingDefinition.LINK_LIMIT, parser::limit).orElse(OF_PERSON),
                values.value(SettingDefinition.LINK_CLIENT_LIMIT, parser::limit).orElse(OF_CLIENT),
                values.value(SettingDefinition.LINK_TOTAL_LIMIT, parser::limit).orElse(IN_ALL),
                values.value(SettingDefinition.LINK_COUNTS_AS_SIGN_IN, parser::yesOrNo)
                        .orElse(true));
    }

    private void refuseWhereOff(SettingDefinition setting) {
        values.value(setting, ConfiguredValue::value)
                .ifPresent(value -> values.add(setting.name()
                        + " is set and exeunt.link.enabled is not true: no link would be sent. Set exeunt.link.enabled to true, or"
                        + " take " + setting.name() + " away."));
    }

    private @Nullable Duration minutes(ConfiguredValue given) {
        if (given.value().matches(MINUTES)) {
            int minutes = Integer.parseInt(given.value().replace("m", ""));
            if (minutes >= LEAST_MINUTES && minutes <= MOST_MINUTES) {
                return Duration.ofMinutes(minutes);
            }
        }
        return values.fault(given, "write 5 to 60 minutes: 15m.");
    }
}

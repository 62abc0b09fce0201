package dev.exeunt.spring.settings.read;

import dev.exeunt.map.TimeSpan;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import dev.exeunt.spring.settings.MailSettings;
import dev.exeunt.spring.settings.MailSettings.Encryption;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the settings of messages by e-mail. Without a host there are none. */
final class MailSettingsReader {

    private static final URI NOWHERE = URI.create("");
    private static final TimeSpan REMINDER = TimeSpan.of("3d").orElseThrow();

    private final SettingValues values;
    private final ValueParser parser;
    private final FileParser files;
    private final LinkSettingsReader links;

    MailSettingsReader(SettingValues values, ValueParser parser, FileParser files) {
        this.values = values;
        this.parser = parser;
        this.files = files;
        this.links = new LinkSettingsReader(values, parser);
    }

    /** Returns null where the operator names no mail server. */
    @Nullable
    MailSettings read() {
        if (!values.isSet(SettingDefinition.MAIL_HOST)) {
            SettingDefinition.MAIL.forEach(this::refuseWithoutHost);
            links.read(false);
            return null;
        }
        Optional<String> host = values.value(SettingDefinition.MAIL_HOST, this::host);
        if (host.isPresent()) {
            require(SettingDefinition.MAIL_FROM, "Write the sender: exeunt.mail.from=privacy@shop.example");
            require(
                    SettingDefinition.MAIL_BASE_URL,
                    "Write the public address of exeunt.path: exeunt.mail.base-url=https://shop.example/account");
        }
        Encryption encryption = values.value(SettingDefinition.MAIL_ENCRYPTION, this::encryption)
                .orElse(Encryption.STARTTLS);
        MailSettings mail = new MailSettings(
                host.orElse(""),
                values.value(SettingDefinition.MAIL_PORT, g -> parser.number(g, 1, 65_535))
                        .orElse(encryption.port()),
                encryption,
                values.value(SettingDefinition.MAIL_USER, ConfiguredValue::value)
                        .orElse(null),
                values.value(SettingDefinition.MAIL_PASSWORD, g -> new SecretValue(g.value()))
                        .orElse(null),
                values.value(SettingDefinition.MAIL_FROM, this::sender).orElse(""),
                values.value(SettingDefinition.MAIL_BASE_URL, parser::publicAddress)
                        .orElse(NOWHERE),
                values.value(SettingDefinition.MAIL_COLUMN, ConfiguredValue::value)
                        .orElse(null),
                values.value(SettingDefinition.MAIL_LANGUAGE_COLUMN, ConfiguredValue::value)
                        .orElse(null),
                values.value(SettingDefinition.MAIL_REMINDER, parser::span).orElse(REMINDER),
                values.value(SettingDefinition.MAIL_TEXTS, files::existingDirectory)
                        .orElse(null),
                links.read(true));
        requireProtectedPassword(mail);
        return mail;
    }

    private void refuseWithoutHost(SettingDefinition setting) {
        values.value(setting, ConfiguredValue::value)
                .ifPresent(value -> values.add(setting.name()
                        + " is set and exeunt.mail.host is not: no message would be sent. Set exeunt.mail.host, or take "
                        + setting.name() + " away."));
    }

    private void require(SettingDefinition setting, String missing) {
        if (!values.isSet(setting)) {
            values.add(setting.name() + " is not set. " + missing);
        }
    }

    private void requireProtectedPassword(MailSettings mail) {
        if ((mail.user() == null) != (mail.password() == null)) {
            values.add("exeunt.mail.user and exeunt.mail.password go together: one of them is not set."
                    + " Set both, or take both away.");
        } else if (mail.user() != null && mail.encryption() == Encryption.NONE) {
            values.add(
                    "exeunt.mail.encryption is none and exeunt.mail.password is set: others on the way could read the"
                            + " password. Write starttls or tls, or take user and password away.");
        }
    }

    private @Nullable String host(ConfiguredValue given) {
        String host = given.value();
        return host.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[?[0-9A-Fa-f:.]+]?")
                        && !host.equalsIgnoreCase("false")
                ? host
                : values.fault(given, "write the name of a mail server: smtp.example.org");
    }

    private @Nullable Encryption encryption(ConfiguredValue given) {
        return switch (given.value()) {
            case "starttls", "tls", "none" -> Encryption.valueOf(given.value().toUpperCase(Locale.ROOT));
            default -> values.fault(given, "write starttls, tls or none.");
        };
    }

    private @Nullable String sender(ConfiguredValue given) {
        return isSender(given.value())
                ? given.value()
                : values.fault(given, "write one e-mail address: privacy@shop.example or Shop <privacy@shop.example>");
    }

    private static boolean isSender(String text) {
        try {
            return new InternetAddress(text, true).getAddress().matches("[^@\\s]+@[^@\\s]+")
                    && text.chars().noneMatch(Character::isISOControl);
        } catch (AddressException e) {
            return false;
        }
    }
}

package dev.exeunt.spring.settings.read;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import dev.exeunt.spring.settings.MailSettings;
import dev.exeunt.spring.settings.RecentSignIn;
import dev.exeunt.spring.settings.SettingsInvalidException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads the settings, and tells everything that is wrong with them at once. */
public final class SettingsReader {

    /** What stands for a value that is missing or wrong until all faults are told. */
    private static final Path NOWHERE = Path.of("");

    private final ConfigurableEnvironment environment;
    private final SettingValues values;
    private final ValueParser parser;
    private final FileParser files;
    private final ProvidedBeans brought;

    private SettingsReader(ConfigurableEnvironment environment, ProvidedBeans brought) {
        this.environment = environment;
        this.values = new SettingValues(environment);
        this.parser = new ValueParser(values);
        this.files = new FileParser(values);
        this.brought = brought;
    }

    /**
     * Says which beans the application provides itself: token decoder and archives.
     *
     * @param decoder by which tokens are known to be good
     * @param archives where exports lie
     */
    public record ProvidedBeans(boolean decoder, boolean archives) {}

    /** @throws SettingsInvalidException with every fault */
    public static ExeuntSettings read(ConfigurableEnvironment environment, ProvidedBeans brought) {
        SettingsReader reader = new SettingsReader(environment, brought);
        ExeuntSettings settings = reader.settings();
        if (!reader.values.faults().isEmpty()) {
            throw new SettingsInvalidException(reader.values.faults());
        }
        return settings;
    }

    private ExeuntSettings settings() {
        ExeuntSettings settings = parts();
        UnknownSettings.in(environment).forEach(values::add);
        SettingsConsistency.faults(settings, environment.getProperty(SharedSecrets.STORE_SECRET))
                .forEach(values::add);
        return settings;
    }

    private ExeuntSettings parts() {
        ExeuntSettings.JwtSettings jwt = new JwtSettingsReader(values, parser, brought.decoder()).read();
        MailSettings mail = new MailSettingsReader(values, parser, files).read();
        return new ExeuntSettings(
                values.value(SettingDefinition.MAP, files::file, "Name the data map: exeunt.map=exeunt.yaml")
                        .orElse(NOWHERE),
                values.value(SettingDefinition.PATH, parser::path).orElse("/account"),
                database(),
                values.value(
                                SettingDefinition.KEY,
                                parser::key,
                                "Make one: openssl rand -hex 32, and keep it outside the database.")
                        .orElse(new SecretValue("")),
                values.value(SettingDefinition.FORMER_KEYS, parser::keys).orElse(List.of()),
                archives(),
                new LedgerSettingsReader(values, parser, files).read(),
                export(),
                new ExeuntSettings.BackgroundSettings(
                        values.value(SettingDefinition.WORKER_ENABLED, parser::yesOrNo)
                                .orElse(true),
                        values.value(SettingDefinition.WORKER_THREADS, g -> parser.number(g, 1, 64))
                                .orElse(4)),
                jwt,
                admin(),
                gate(),
                values.value(SettingDefinition.RECENT_SIGN_IN, parser::recentSignIn)
                        .orElse(RecentSignIn.AUTO),
                values.value(SettingDefinition.SESSION_COOKIE, parser::cookie).orElse(null),
                new ExeuntSettings.PageSettings(
                        values.value(SettingDefinition.PUBLIC_SCHEME, g -> parser.word(g, "https", "http"))
                                .orElse(null),
                        values.value(SettingDefinition.COOKIE_SCOPE, g -> parser.word(g, "host", "path"))
                                .orElse("host")
                                .equals("host"),
                        values.value(SettingDefinition.EMBED_ORIGINS, parser::origins)
                                .orElse(List.of()),
                        values.value(SettingDefinition.TEXTS, files::existingDirectory)
                                .orElse(null)),
                values.value(SettingDefinition.TEST_GRACE, parser::grace).orElse(null),
                values.value(SettingDefinition.HAND_OFF_SECRET, parser::secret).orElse(null),
                mail,
                new SignInSettingsReader(values, parser).read(jwt, mail));
    }

    private ExeuntSettings.DatabaseSettings database() {
        SecretValue url = values.value(
                        SettingDefinition.DATABASE_URL,
                        g -> new SecretValue(g.value()),
                        "Name the database: exeunt.database.url=jdbc:postgresql://localhost:5432/shop")
                .orElse(new SecretValue(""));
        return new ExeuntSettings.DatabaseSettings(
                url,
                values.value(SettingDefinition.DATABASE_USER, ConfiguredValue::value)
                        .orElse(null),
                values.value(SettingDefinition.DATABASE_PASSWORD, g -> new SecretValue(g.value()))
                        .orElse(null),
                values.value(SettingDefinition.DATABASE_CONNECTIONS, g -> parser.number(g, 4, 500))
                        .orElse(20),
                values.value(SettingDefinition.DATABASE_MIGRATE, parser::yesOrNo)
                        .orElse(true));
    }

    private @Nullable Path archives() {
        return (brought.archives()
                        ? values.value(SettingDefinition.ARCHIVE_DIRECTORY, files::directory)
                        : values.value(
                                SettingDefinition.ARCHIVE_DIRECTORY,
                                files::directory,
                                "Name the directory that exports lie in until they expire:"
                                        + " exeunt.archive.directory=/var/lib/exeunt/exports"))
                .orElse(null);
    }

    private ExeuntSettings.ExportOverrides export() {
        return new ExeuntSettings.ExportOverrides(
                values.value(SettingDefinition.EXPORT_KEEP, parser::span).orElse(null),
                values.value(SettingDefinition.EXPORT_LINK, parser::span).orElse(null),
                values.value(SettingDefinition.EXPORT_LIMIT, parser::limit).orElse(null),
                values.value(SettingDefinition.EXPORT_DIRECT_ROWS, g -> parser.number(g, 0, 10_000_000))
                        .orElse(10_000),
                new ExeuntSettings.ExportedFiles(
                        values.value(SettingDefinition.EXPORT_MAX_FILES, g -> parser.number(g, 0, 1_000_000))
                                .orElse(10_000),
                        values.value(SettingDefinition.EXPORT_MAX_FILE_MEGABYTES, this::megabytes)
                                .orElse(1_024),
                        values.value(SettingDefinition.EXPORT_MAX_TOTAL_MEGABYTES, this::megabytes)
                                .orElse(20_480)));
    }

    private @Nullable Integer megabytes(ConfiguredValue given) {
        return parser.number(given, 1, 1_000_000);
    }

    private ExeuntSettings.StaffSettings admin() {
        return new ExeuntSettings.StaffSettings(
                values.value(SettingDefinition.ADMIN_CLAIM, ConfiguredValue::value)
                        .orElse(null),
                values.value(SettingDefinition.ADMIN_VALUE, ConfiguredValue::value)
                        .orElse("admin"),
                values.value(SettingDefinition.ADMIN_SUBJECT_CLAIM, ConfiguredValue::value)
                        .orElse(null),
                values.value(SettingDefinition.ADMIN_OUTSIDE, parser::yesOrNo).orElse(false));
    }

    private ExeuntSettings.GateSettings gate() {
        return new ExeuntSettings.GateSettings(
                values.value(SettingDefinition.GATE_PATH, parser::path).orElse("/gate"),
                values.value(SettingDefinition.GATE_TOKENS, parser::tokens).orElse(List.of()));
    }
}

package dev.exeunt.spring.settings;

import dev.exeunt.spring.settings.Settings.Secret;
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
    private final Brought brought;

    private SettingsReader(ConfigurableEnvironment environment, Brought brought) {
        this.environment = environment;
        this.values = new SettingValues(environment);
        this.parser = new ValueParser(values);
        this.files = new FileParser(values);
        this.brought = brought;
    }

    /**
     * What the application brings itself, and no setting need say.
     *
     * @param decoder by which tokens are known to be good
     * @param archives where exports lie
     */
    public record Brought(boolean decoder, boolean archives) {}

    /** @throws SettingsInvalidException with every fault */
    public static Settings read(ConfigurableEnvironment environment, Brought brought) {
        SettingsReader reader = new SettingsReader(environment, brought);
        Settings settings = reader.settings();
        if (!reader.values.faults().isEmpty()) {
            throw new SettingsInvalidException(reader.values.faults());
        }
        return settings;
    }

    private Settings settings() {
        Settings settings = parts();
        Strangers.in(environment).forEach(values::add);
        Together.faults(settings).forEach(values::add);
        return settings;
    }

    private Settings parts() {
        return new Settings(
                values.value(Setting.MAP, files::file, "Name the data map: exeunt.map=exeunt.yaml")
                        .orElse(NOWHERE),
                values.value(Setting.PATH, parser::path).orElse("/account"),
                database(),
                values.value(
                                Setting.KEY,
                                parser::key,
                                "Make one: openssl rand -hex 32, and keep it outside the database.")
                        .orElse(new Secret("")),
                archives(),
                export(),
                new Settings.Work(
                        values.value(Setting.WORKER_ENABLED, parser::yesOrNo).orElse(true),
                        values.value(Setting.WORKER_THREADS, g -> parser.number(g, 1, 64))
                                .orElse(4)),
                new JwtSettingsReader(values, parser, brought.decoder()).read(),
                admin(),
                gate(),
                values.value(Setting.RECENT_SIGN_IN, parser::recentSignIn).orElse(RecentSignIn.AUTO),
                values.value(Setting.SESSION_COOKIE, parser::cookie).orElse(null),
                new Settings.Page(
                        values.value(Setting.PUBLIC_SCHEME, g -> parser.word(g, "https", "http"))
                                .orElse(null),
                        values.value(Setting.COOKIE_SCOPE, g -> parser.word(g, "host", "path"))
                                .orElse("host")
                                .equals("host")),
                values.value(Setting.HAND_OFF_SECRET, parser::secret).orElse(null));
    }

    private Settings.DatabaseSettings database() {
        Secret url = values.value(
                        Setting.DATABASE_URL,
                        g -> new Secret(g.value()),
                        "Name the database: exeunt.database.url=jdbc:postgresql://localhost:5432/shop")
                .orElse(new Secret(""));
        return new Settings.DatabaseSettings(
                url,
                values.value(Setting.DATABASE_USER, Given::value).orElse(null),
                values.value(Setting.DATABASE_PASSWORD, g -> new Secret(g.value()))
                        .orElse(null),
                values.value(Setting.DATABASE_CONNECTIONS, g -> parser.number(g, 4, 500))
                        .orElse(20),
                values.value(Setting.DATABASE_MIGRATE, parser::yesOrNo).orElse(true));
    }

    private @Nullable Path archives() {
        return (brought.archives()
                        ? values.value(Setting.ARCHIVE_DIRECTORY, files::directory)
                        : values.value(
                                Setting.ARCHIVE_DIRECTORY,
                                files::directory,
                                "Name the directory that exports lie in until they are fetched:"
                                        + " exeunt.archive.directory=/var/lib/exeunt/exports"))
                .orElse(null);
    }

    private Settings.Export export() {
        return new Settings.Export(
                values.value(Setting.EXPORT_KEEP, parser::span).orElse(null),
                values.value(Setting.EXPORT_LINK, parser::span).orElse(null),
                values.value(Setting.EXPORT_LIMIT, parser::limit).orElse(null),
                values.value(Setting.EXPORT_DIRECT_ROWS, g -> parser.number(g, 0, 10_000_000))
                        .orElse(10_000));
    }

    private Settings.Admin admin() {
        return new Settings.Admin(
                values.value(Setting.ADMIN_CLAIM, Given::value).orElse(null),
                values.value(Setting.ADMIN_VALUE, Given::value).orElse("admin"),
                values.value(Setting.ADMIN_SUBJECT_CLAIM, Given::value).orElse(null),
                values.value(Setting.ADMIN_OUTSIDE, parser::yesOrNo).orElse(false));
    }

    private Settings.Gate gate() {
        return new Settings.Gate(
                values.value(Setting.GATE_PATH, parser::path).orElse("/gate"),
                values.value(Setting.GATE_TOKENS, parser::tokens).orElse(List.of()));
    }
}

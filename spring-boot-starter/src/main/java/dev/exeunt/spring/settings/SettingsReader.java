package dev.exeunt.spring.settings;

import dev.exeunt.ExeuntException;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.Span;
import dev.exeunt.spring.settings.Settings.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads the settings, and tells everything that is wrong with them at once. */
public final class SettingsReader {

    private static final int LEAST_SECRET = 32;
    private static final String SPAN = "[1-9][0-9]{0,4}[hd]";

    /** Health, metrics, and the container's page for errors. */
    private static final Pattern TAKEN = Pattern.compile("/(health|prometheus|actuator|error)(/|$)");

    /** What stands for a value that is missing or wrong until all faults are told. */
    private static final Path NOWHERE = Path.of("");

    private final ConfigurableEnvironment environment;
    private final Sources sources;
    private final Brought brought;
    private final List<String> faults = new ArrayList<>();

    private SettingsReader(ConfigurableEnvironment environment, Brought brought) {
        this.environment = environment;
        this.sources = new Sources(environment);
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
        if (!reader.faults.isEmpty()) {
            throw new SettingsInvalidException(reader.faults);
        }
        return settings;
    }

    private Settings settings() {
        Settings settings = parts();
        faults.addAll(Strangers.in(environment));
        faults.addAll(Together.faults(settings));
        return settings;
    }

    private Settings parts() {
        return new Settings(
                value(Setting.MAP, this::file, "Name the data map: exeunt.map=exeunt.yaml")
                        .orElse(NOWHERE),
                value(Setting.PATH, this::path).orElse("/account"),
                database(),
                value(
                                Setting.KEY,
                                SettingsReader::hex,
                                "Make one: openssl rand -hex 32, and keep it outside the database.")
                        .orElse(new Secret("")),
                archives(),
                export(),
                new Settings.Work(
                        value(Setting.WORKER_ENABLED, this::yesOrNo).orElse(true),
                        value(Setting.WORKER_THREADS, g -> number(g, 1, 64)).orElse(4)),
                jwt(),
                admin(),
                gate(),
                value(Setting.RECENT_SIGN_IN, this::duration).orElse(null),
                value(Setting.SESSION_COOKIE, this::cookie).orElse(null),
                new Settings.Page(
                        value(Setting.PUBLIC_SCHEME, g -> word(g, "https", "http"))
                                .orElse(null),
                        value(Setting.COOKIE_SCOPE, g -> word(g, "host", "path"))
                                .map("host"::equals)
                                .orElse(true)),
                value(Setting.HAND_OFF_SECRET, this::secret).orElse(null));
    }

    private Settings.DatabaseSettings database() {
        Secret url = value(
                        Setting.DATABASE_URL,
                        g -> new Secret(g.value()),
                        "Name the database: exeunt.database.url=jdbc:postgresql://localhost:5432/shop")
                .orElse(new Secret(""));
        return new Settings.DatabaseSettings(
                url,
                value(Setting.DATABASE_USER, Given::value).orElse(null),
                value(Setting.DATABASE_PASSWORD, g -> new Secret(g.value())).orElse(null),
                value(Setting.DATABASE_CONNECTIONS, g -> number(g, 4, 500)).orElse(20),
                value(Setting.DATABASE_MIGRATE, this::yesOrNo).orElse(true));
    }

    private @Nullable Path archives() {
        return (brought.archives()
                        ? value(Setting.ARCHIVE_DIRECTORY, this::directory)
                        : value(
                                Setting.ARCHIVE_DIRECTORY,
                                this::directory,
                                "Name the directory that exports lie in until they are fetched:"
                                        + " exeunt.archive.directory=/var/lib/exeunt/exports"))
                .orElse(null);
    }

    private Settings.Export export() {
        return new Settings.Export(
                value(Setting.EXPORT_KEEP, this::span).orElse(null),
                value(Setting.EXPORT_LINK, this::span).orElse(null),
                value(Setting.EXPORT_LIMIT, this::limit).orElse(null),
                value(Setting.EXPORT_DIRECT_ROWS, g -> number(g, 0, 10_000_000)).orElse(10_000));
    }

    private Settings.Jwt jwt() {
        Optional<URI> issuer = value(Setting.JWT_ISSUER, this::uri);
        Optional<URI> jwks = value(Setting.JWT_JWKS_URI, this::uri);
        Optional<Secret> secret = value(Setting.JWT_SECRET, this::secret);
        boolean given = Stream.of(Setting.JWT_ISSUER, Setting.JWT_JWKS_URI, Setting.JWT_SECRET)
                .anyMatch(s -> sources.find(s).isPresent());
        if (secret.isPresent() && jwks.isPresent()) {
            faults.add("exeunt.jwt.secret and exeunt.jwt.jwks-uri are both set: a token is signed by one of them."
                    + " Take one away.");
        }
        if (!given && !brought.decoder()) {
            faults.add(
                    "Nothing says which tokens are good. Set exeunt.jwt.issuer, exeunt.jwt.jwks-uri or exeunt.jwt.secret.");
        }
        return new Settings.Jwt(
                issuer.orElse(null),
                jwks.orElse(null),
                secret.orElse(null),
                value(Setting.JWT_AUDIENCE, Given::value).orElse(null),
                value(Setting.JWT_SUBJECT_CLAIM, Given::value).orElse("sub"));
    }

    private Settings.Admin admin() {
        return new Settings.Admin(
                value(Setting.ADMIN_CLAIM, Given::value).orElse(null),
                value(Setting.ADMIN_VALUE, Given::value).orElse("admin"),
                value(Setting.ADMIN_OUTSIDE, this::yesOrNo).orElse(false));
    }

    private Settings.Gate gate() {
        return new Settings.Gate(
                value(Setting.GATE_PATH, this::path).orElse("/gate"),
                value(Setting.GATE_TOKENS, this::tokens).orElse(List.of()));
    }

    private <T> Optional<T> value(Setting setting, Function<Given, @Nullable T> read) {
        Optional<Given> given = sources.find(setting);
        if (given.isPresent() && given.get().value().isBlank()) {
            faults.add(given.get() + " is set to nothing. Write a value, or take the setting away: then "
                    + setting.name() + " is what it is unless set.");
            return Optional.empty();
        }
        try {
            return given.map(read);
        } catch (ExeuntException e) {
            faults.add(given.orElseThrow() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** @param missing what to do where it is not set */
    private <T> Optional<T> value(Setting setting, Function<Given, @Nullable T> read, String missing) {
        if (sources.find(setting).isEmpty()) {
            faults.add(setting.name() + " is not set. " + missing);
        }
        return value(setting, read);
    }

    private <T> @Nullable T fault(Given given, String valid) {
        faults.add(given + " is " + shown(given.value()) + ": " + valid);
        return null;
    }

    private static String shown(String value) {
        String plain = value.replaceAll("\\p{Cntrl}", "?");
        return '"' + (plain.length() > 80 ? plain.substring(0, 80) + "…" : plain) + '"';
    }

    private @Nullable Path file(Given given) {
        Path path = pathOf(given);
        return path == null || Files.isReadable(path) && Files.isRegularFile(path)
                ? path
                : fault(given, "there is no such file that can be read. Write it with the command exeunt init.");
    }

    /** Made where it is not there, in a directory that is. */
    private @Nullable Path directory(Given given) {
        Path written = pathOf(given);
        Path path = written == null ? null : written.toAbsolutePath().normalize();
        if (path == null || Files.isDirectory(path)) {
            return path;
        }
        if (Files.exists(path)) {
            return fault(given, "that is no directory. Name one, which need not exist yet.");
        }
        Path parent = path.getParent();
        return parent != null && Files.isDirectory(parent)
                ? path
                : fault(
                        given,
                        "it cannot be made, since " + parent + " is no directory that there is. Make that (mkdir -p),"
                                + " mount it, or name another.");
    }

    private @Nullable Path pathOf(Given given) {
        try {
            return Path.of(given.value());
        } catch (InvalidPathException e) {
            return fault(given, "that is no path.");
        }
    }

    private @Nullable String path(Given given) {
        String path = given.value();
        if (!path.matches("(/[A-Za-z0-9._~-]+)+") || path.matches(".*/\\.{1,2}(/.*)?")) {
            return fault(given, "write a path as /account or /api/account, without a slash at its end.");
        }
        return TAKEN.matcher(path).lookingAt()
                ? fault(given, "the server itself answers there. Write another path: /account, /api/account.")
                : path;
    }

    private static Secret hex(Given given) {
        HashKey.ofHex(given.value());
        return new Secret(given.value());
    }

    private @Nullable Boolean yesOrNo(Given given) {
        return switch (given.value()) {
            case "true" -> true;
            case "false" -> false;
            default -> fault(given, "write true or false.");
        };
    }

    private @Nullable Integer number(Given given, int least, int most) {
        try {
            int number = Integer.parseInt(given.value());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with what would be valid
        }
        return fault(given, "write a whole number from " + least + " to " + most + ".");
    }

    private @Nullable Span span(Given given) {
        return given.value().matches(SPAN)
                ? Span.of(given.value()).orElseThrow()
                : fault(given, "write a number and h (hours) or d (days): 24h, 7d.");
    }

    private @Nullable Duration duration(Given given) {
        return given.value().matches("[1-9][0-9]{0,4}[mh]")
                ? Duration.parse("PT" + given.value().toUpperCase(java.util.Locale.ROOT))
                : fault(given, "write a number and m (minutes) or h (hours): 10m, 1h.");
    }

    private ExportSettings.@Nullable Limit limit(Given given) {
        Optional<ExportSettings.Limit> limit = ExportSettings.Limit.of(given.value());
        return limit.isPresent() ? limit.get() : fault(given, "write how often per period: 1 per 24h.");
    }

    private @Nullable URI uri(Given given) {
        try {
            URI uri = new URI(given.value());
            if (given.value().matches("https?://.*") && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below, with what would be valid
        }
        return fault(given, "write an address: https://id.example.org");
    }

    private @Nullable Secret secret(Given given) {
        int bytes = given.value().getBytes(StandardCharsets.UTF_8).length;
        if (bytes < LEAST_SECRET) {
            faults.add(given + " has " + bytes + " bytes: HS256 needs at least " + LEAST_SECRET
                    + ". Make one: openssl rand -hex 32");
            return null;
        }
        return new Secret(given.value());
    }

    private List<byte[]> tokens(Given given) {
        List<byte[]> tokens = new ArrayList<>();
        List<String> parts =
                Stream.of(given.value().split(",")).map(String::strip).toList();
        for (int i = 0; i < parts.size(); i++) {
            Optional<byte[]> hash = Hashed.of(parts.get(i), LEAST_SECRET);
            if (hash.isEmpty()) {
                faults.add(given + ": credential " + (i + 1) + " of " + parts.size() + " is too weak. Write at least "
                        + LEAST_SECRET + " characters, or sha256: and the 64 hexadecimal digits of its hash."
                        + " Make one: openssl rand -hex 32");
            }
            hash.ifPresent(tokens::add);
        }
        return tokens;
    }

    private @Nullable String word(Given given, String one, String other) {
        return List.of(one, other).contains(given.value())
                ? given.value()
                : fault(given, "write " + one + " or " + other + ".");
    }

    private @Nullable String cookie(Given given) {
        return given.value().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
                ? given.value()
                : fault(given, "write a cookie's name: session.");
    }
}

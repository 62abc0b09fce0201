package dev.exeunt.spring.settings.read;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Defines a setting: its name, aliases, fallbacks and whether its value is secret.
 *
 * @param aliases other names for it, mostly variables of the environment; as good as the name itself
 * @param otherwise where it is looked for when it is given nowhere
 * @param secret whether its value is never shown
 */
public record SettingDefinition(String name, List<String> aliases, List<String> otherwise, boolean secret) {

    static final SettingDefinition MAP = of("exeunt.map");
    static final SettingDefinition TEST_GRACE = of("exeunt.test-grace");
    static final SettingDefinition PATH = of("exeunt.path");
    static final SettingDefinition KEY = secret("exeunt.key");
    static final SettingDefinition FORMER_KEYS = secret("exeunt.former-keys");
    static final SettingDefinition DATABASE_URL =
            new SettingDefinition("exeunt.database.url", List.of("EXEUNT_DB"), List.of("spring.datasource.url"), true);
    static final SettingDefinition DATABASE_USER = new SettingDefinition(
            "exeunt.database.user", List.of("EXEUNT_DB_USER"), List.of("spring.datasource.username"), false);
    static final SettingDefinition DATABASE_PASSWORD = new SettingDefinition(
            "exeunt.database.password", List.of("EXEUNT_DB_PASSWORD"), List.of("spring.datasource.password"), true);
    static final SettingDefinition DATABASE_CONNECTIONS = of("exeunt.database.connections");
    static final SettingDefinition DATABASE_MIGRATE = of("exeunt.database.migrate");
    static final SettingDefinition ARCHIVE_DIRECTORY =
            new SettingDefinition("exeunt.archive.directory", List.of("EXPORT_DIR"), List.of(), false);
    static final SettingDefinition LEDGER_FILE =
            new SettingDefinition("exeunt.ledger.file", List.of("EXEUNT_LEDGER"), List.of(), false);
    static final SettingDefinition LEDGER_URL = of("exeunt.ledger.url");
    static final SettingDefinition LEDGER_TOKEN = secret("exeunt.ledger.token");
    static final SettingDefinition LEDGER_BUCKET = of("exeunt.ledger.bucket");
    static final SettingDefinition LEDGER_PREFIX = of("exeunt.ledger.prefix");
    static final SettingDefinition LEDGER_LOCK_DAYS = of("exeunt.ledger.lock-days");
    static final SettingDefinition LEDGER_LOCK_MODE = of("exeunt.ledger.lock-mode");
    static final SettingDefinition LEDGER_UNREACHABLE = of("exeunt.ledger.unreachable");
    static final SettingDefinition EXPORT_KEEP =
            new SettingDefinition("exeunt.export.keep", List.of("EXPORT_TTL"), List.of(), false);
    static final SettingDefinition EXPORT_LINK = of("exeunt.export.link");
    static final SettingDefinition EXPORT_LIMIT = of("exeunt.export.limit");
    static final SettingDefinition EXPORT_DIRECT_ROWS = of("exeunt.export.direct-rows");
    static final SettingDefinition EXPORT_MAX_FILES = of("exeunt.export.max-files");
    static final SettingDefinition EXPORT_MAX_FILE_MEGABYTES = of("exeunt.export.max-file-megabytes");
    static final SettingDefinition EXPORT_MAX_TOTAL_MEGABYTES = of("exeunt.export.max-total-megabytes");
    static final SettingDefinition WORKER_ENABLED = of("exeunt.worker.enabled");
    static final SettingDefinition WORKER_THREADS = of("exeunt.worker.threads");
    static final SettingDefinition JWT_ISSUER = of("exeunt.jwt.issuer");
    static final SettingDefinition JWT_JWKS_URI = of("exeunt.jwt.jwks-uri");
    static final SettingDefinition JWT_SECRET = secret("exeunt.jwt.secret");
    static final SettingDefinition JWT_AUDIENCE = of("exeunt.jwt.audience");
    static final SettingDefinition JWT_SUBJECT_CLAIM = of("exeunt.jwt.subject-claim");
    static final SettingDefinition JWT_INSECURE_ISSUER = of("exeunt.jwt.insecure-issuer");
    static final SettingDefinition HAND_OFF_SECRET = secret("exeunt.hand-off.secret");
    static final SettingDefinition SIGN_IN_CLIENT_ID = of("exeunt.sign-in.client-id");
    static final SettingDefinition SIGN_IN_CLIENT_SECRET = secret("exeunt.sign-in.client-secret");
    static final SettingDefinition SIGN_IN_ISSUER = of("exeunt.sign-in.issuer");
    static final SettingDefinition SIGN_IN_SCOPES = of("exeunt.sign-in.scopes");
    static final SettingDefinition SIGN_IN_BASE_URL = of("exeunt.sign-in.base-url");
    static final SettingDefinition ADMIN_CLAIM = of("exeunt.admin.claim");
    static final SettingDefinition ADMIN_VALUE = of("exeunt.admin.value");
    static final SettingDefinition ADMIN_SUBJECT_CLAIM = of("exeunt.admin.subject-claim");
    static final SettingDefinition ADMIN_OUTSIDE = of("exeunt.admin.outside");
    static final SettingDefinition GATE_PATH = of("exeunt.gate.path");
    static final SettingDefinition GATE_TOKENS = secret("exeunt.gate.tokens");
    static final SettingDefinition RECENT_SIGN_IN = of("exeunt.recent-sign-in");
    static final SettingDefinition SESSION_COOKIE = of("exeunt.session-cookie");
    static final SettingDefinition PUBLIC_SCHEME = of("exeunt.public-scheme");
    static final SettingDefinition COOKIE_SCOPE = of("exeunt.cookie-scope");
    static final SettingDefinition EMBED_ORIGINS = of("exeunt.embed-origins");
    static final SettingDefinition TEXTS = of("exeunt.texts");
    static final SettingDefinition MAIL_HOST = of("exeunt.mail.host");
    static final SettingDefinition MAIL_PORT = of("exeunt.mail.port");
    static final SettingDefinition MAIL_ENCRYPTION = of("exeunt.mail.encryption");
    static final SettingDefinition MAIL_USER = of("exeunt.mail.user");
    static final SettingDefinition MAIL_PASSWORD = secret("exeunt.mail.password");
    static final SettingDefinition MAIL_FROM = of("exeunt.mail.from");
    static final SettingDefinition MAIL_BASE_URL = of("exeunt.mail.base-url");
    static final SettingDefinition MAIL_COLUMN = of("exeunt.mail.column");
    static final SettingDefinition MAIL_LANGUAGE_COLUMN = of("exeunt.mail.language-column");
    static final SettingDefinition MAIL_REMINDER = of("exeunt.mail.reminder");
    static final SettingDefinition MAIL_TEXTS = of("exeunt.mail.texts");
    static final SettingDefinition LINK_ENABLED = of("exeunt.link.enabled");
    static final SettingDefinition LINK_VALID = of("exeunt.link.valid");
    static final SettingDefinition LINK_LIMIT = of("exeunt.link.limit");
    static final SettingDefinition LINK_CLIENT_LIMIT = of("exeunt.link.client-limit");
    static final SettingDefinition LINK_TOTAL_LIMIT = of("exeunt.link.total-limit");
    static final SettingDefinition LINK_COUNTS_AS_SIGN_IN = of("exeunt.link.counts-as-sign-in");

    /** What is set for signing in on the page besides the client, without which the page signs people in by links alone. */
    static final List<SettingDefinition> SIGN_IN =
            List.of(SIGN_IN_CLIENT_SECRET, SIGN_IN_ISSUER, SIGN_IN_SCOPES, SIGN_IN_BASE_URL);

    /** What is set for messages besides the host, without which there are none. */
    static final List<SettingDefinition> MAIL = List.of(
            MAIL_PORT,
            MAIL_ENCRYPTION,
            MAIL_USER,
            MAIL_PASSWORD,
            MAIL_FROM,
            MAIL_BASE_URL,
            MAIL_COLUMN,
            MAIL_LANGUAGE_COLUMN,
            MAIL_REMINDER,
            MAIL_TEXTS);

    /** What is set for one-time links besides that there are any. */
    static final List<SettingDefinition> LINK =
            List.of(LINK_VALID, LINK_LIMIT, LINK_CLIENT_LIMIT, LINK_TOTAL_LIMIT, LINK_COUNTS_AS_SIGN_IN);

    /** All of them, in the order of the documentation. */
    public static final List<SettingDefinition> ALL = Stream.of(
                    List.of(
                            MAP,
                            DATABASE_URL,
                            DATABASE_USER,
                            DATABASE_PASSWORD,
                            DATABASE_CONNECTIONS,
                            DATABASE_MIGRATE,
                            KEY,
                            FORMER_KEYS,
                            ARCHIVE_DIRECTORY,
                            LEDGER_FILE,
                            LEDGER_URL,
                            LEDGER_TOKEN,
                            LEDGER_BUCKET,
                            LEDGER_PREFIX,
                            LEDGER_LOCK_DAYS,
                            LEDGER_LOCK_MODE,
                            LEDGER_UNREACHABLE,
                            EXPORT_KEEP,
                            EXPORT_LINK,
                            EXPORT_LIMIT,
                            EXPORT_DIRECT_ROWS,
                            EXPORT_MAX_FILES,
                            EXPORT_MAX_FILE_MEGABYTES,
                            EXPORT_MAX_TOTAL_MEGABYTES,
                            WORKER_ENABLED,
                            WORKER_THREADS,
                            TEST_GRACE,
                            PATH,
                            JWT_ISSUER,
                            JWT_JWKS_URI,
                            JWT_SECRET,
                            JWT_AUDIENCE,
                            JWT_SUBJECT_CLAIM,
                            JWT_INSECURE_ISSUER,
                            RECENT_SIGN_IN,
                            SESSION_COOKIE,
                            HAND_OFF_SECRET,
                            PUBLIC_SCHEME,
                            COOKIE_SCOPE,
                            EMBED_ORIGINS,
                            TEXTS,
                            SIGN_IN_CLIENT_ID,
                            SIGN_IN_CLIENT_SECRET,
                            SIGN_IN_ISSUER,
                            SIGN_IN_SCOPES,
                            SIGN_IN_BASE_URL,
                            ADMIN_CLAIM,
                            ADMIN_VALUE,
                            ADMIN_SUBJECT_CLAIM,
                            ADMIN_OUTSIDE,
                            GATE_PATH,
                            GATE_TOKENS,
                            MAIL_HOST),
                    MAIL,
                    List.of(LINK_ENABLED),
                    LINK)
            .flatMap(List::stream)
            .toList();

    /** A password of no characters is none, which a database may take; of all else it would be a mistake. */
    boolean mayBeBlank() {
        return this == DATABASE_PASSWORD;
    }

    /** As the environment has it, in the way that shows where its words end. */
    String variable() {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Every name by which the environment may give it. */
    Set<String> variables() {
        Set<String> all = new TreeSet<>(aliases);
        all.add(variable());
        all.add(name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT)); // as Spring has it
        return all;
    }

    private static SettingDefinition of(String name) {
        return new SettingDefinition(name, List.of(), List.of(), false);
    }

    private static SettingDefinition secret(String name) {
        return new SettingDefinition(name, List.of(), List.of(), true);
    }
}

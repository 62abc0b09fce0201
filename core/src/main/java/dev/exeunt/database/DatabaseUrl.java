package dev.exeunt.database;

import dev.exeunt.ExeuntException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses a PostgreSQL URL of the driver or libpq into hosts, database and parameters.
 *
 * @param hosts {@code host:port}, or several separated by commas
 * @param parameters of the URL, user and password among them, under the driver's names
 */
record DatabaseUrl(String hosts, String database, Properties parameters) {

    private static final Pattern URL = Pattern.compile(
            "(?<jdbc>jdbc:)?postgres(?:ql)?://(?:(?<login>[^/?]*)@)?(?<hosts>[^/?@]*)/(?<database>[^?/]+)(?:\\?(?<query>.*))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HOSTS = Pattern.compile(
            "[^:\\[\\],\\s]*(:\\d{1,5})?(,[^:\\[\\],\\s]+(:\\d{1,5})?)*" + "|\\[[0-9a-fA-F:.%]+](:\\d{1,5})?");
    private static final Pattern SCHEME = Pattern.compile("(?:jdbc:)?([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Map<String, String> OTHERS = Map.of(
            "mysql", "MySQL",
            "mariadb", "MariaDB",
            "oracle", "Oracle",
            "sqlserver", "SQL Server",
            "sqlite", "SQLite",
            "h2", "H2",
            "db2", "Db2",
            "mongodb", "MongoDB");

    /** libpq's names for what the driver calls otherwise. */
    private static final Map<String, String> RENAMED =
            Map.of("connect_timeout", "connectTimeout", "channel_binding", "channelBinding");

    static DatabaseUrl of(String url) {
        Matcher parts = URL.matcher(url.strip());
        if (!parts.matches() || !HOSTS.matcher(parts.group("hosts")).matches()) {
            throw new ExeuntException(refusal(url.strip()));
        }
        boolean jdbc = parts.group("jdbc") != null;
        try {
            Properties parameters = parameters(parts.group("query"), jdbc);
            login(parts.group("login"), parameters);
            return new DatabaseUrl(parts.group("hosts"), decode(parts.group("database"), jdbc), parameters);
        } catch (IllegalArgumentException e) { // a % that starts no escape
            throw new ExeuntException(refusal(url.strip()) + " A % in it must be written %25.");
        }
    }

    private static Properties parameters(@Nullable String query, boolean jdbc) {
        Properties parameters = new Properties();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] nameAndValue = pair.split("=", 2);
            String value = nameAndValue.length == 2 ? decode(nameAndValue[1], jdbc) : "";
            String name = RENAMED.getOrDefault(nameAndValue[0], nameAndValue[0]);
            parameters.setProperty(name, value);
        }
        return parameters;
    }

    private static void login(@Nullable String login, Properties parameters) {
        if (login == null) {
            return;
        }
        String[] userAndPassword = login.split(":", 2);
        parameters.setProperty("user", decode(userAndPassword[0], false));
        if (userAndPassword.length == 2) {
            parameters.setProperty("password", decode(userAndPassword[1], false));
        }
    }

    /** The driver reads {@code +} as a space, libpq does not. */
    private static String decode(String text, boolean plusIsSpace) {
        return URLDecoder.decode(plusIsSpace ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String refusal(String url) {
        Matcher scheme = SCHEME.matcher(url);
        String other = scheme.matches() ? OTHERS.get(scheme.group(1).toLowerCase(Locale.ROOT)) : null;
        return other != null
                ? "Exeunt works on PostgreSQL 14 and later; --db points to " + other + ": " + masked(url)
                : "--db must look like jdbc:postgresql://host:5432/database, it is " + masked(url) + ".";
    }

    /** Without what may be a password, even where the URL is malformed. */
    private static String masked(String url) {
        return url.replaceAll("(?s)^((?:[A-Za-z0-9]+:)*(?://)?).*@", "$1***@")
                .replaceAll("(?si)(password|passwd|pwd)\\s*=.*", "$1=***");
    }

    /** For the driver, without parameters: they go beside it, so that ours win over the URL's. */
    String jdbcUrl() {
        String encoded = java.net.URLEncoder.encode(database, StandardCharsets.UTF_8);
        return "jdbc:postgresql://" + hosts + "/" + encoded;
    }

    /** {@code localhost:5432} */
    String shownHosts() {
        return hosts.isEmpty() ? "localhost:5432" : hosts.matches(".*:\\d+") ? hosts : hosts + ":5432";
    }
}

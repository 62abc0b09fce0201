package dev.exeunt.internal.map.yaml;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists the words that a mapping of the map language may contain, and fixes for words that belong elsewhere.
 *
 * @param place as the subject of a sentence
 * @param elsewhere words that belong elsewhere, each with what to write instead
 */
public record AllowedWords(String place, List<String> words, Map<String, String> elsewhere) {

    private static final Map<String, String> UNDER_ERASE = Map.of(
            "delete", "Write erase: delete",
            "detach", "Write erase: detach",
            "keep", "Write erase: { keep: \"why these rows stay\" }",
            "reassign", "Write erase: { reassign: KEY }",
            "anonymize", "Write erase: { anonymize: { column: null } }",
            "retain", "Write it under erase, beside anonymize, detach, keep or reassign.",
            "except", "Write export: { except: [column] }");

    private static final Map<String, String> UNDER_LINK = Stream.concat(
                    UNDER_ERASE.entrySet().stream(),
                    Stream.concat(
                            Stream.of(Map.entry(
                                    "policy", "Write policy in the table, beside links: a table has one policy.")),
                            Stream.of("title", "means", "purpose", "basis", "categories", "recipients", "source")
                                    .map(word -> Map.entry(
                                            word,
                                            "Write " + word + " in the table, beside links: it is for all its rows."))))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Map<String, String> WORDS_ALONE =
            Map.of("delete", "Write erase: delete", "undecided", "Write erase: undecided");

    public static final AllowedWords MAP = new AllowedWords(
            "The map",
            List.of(
                    "version",
                    "subject",
                    "controller",
                    "purpose",
                    "basis",
                    "recipients",
                    "source",
                    "transfers",
                    "automated-decisions",
                    "flows",
                    "export",
                    "tables",
                    "not-personal",
                    "roles",
                    "sql",
                    "guards",
                    "warnings",
                    "accept",
                    "backups",
                    "external",
                    "late-rows",
                    "settings"),
            Map.of("categories", "Write categories in a table: each holds data of its own kind."));

    public static final AllowedWords CONTROLLER = new AllowedWords(
            "controller",
            List.of("name", "address", "contact", "officer", "representative", "authority"),
            Map.of("email", "Write contact: privacy@example.org"));

    public static final AllowedWords SUBJECT =
            new AllowedWords("subject", List.of("table", "key", "created", "present", "identifiers"), Map.of());

    public static final AllowedWords FLOW =
            new AllowedWords("A flow", List.of("grace", "login-block", "lifted-by", "confirm"), Map.of());

    public static final AllowedWords DELETE_DATA = new AllowedWords(
            "delete-data",
            List.of("grace", "confirm"),
            Map.of(
                    "login-block", "Take login-block out: who deletes their data goes on using the account.",
                    "lifted-by", "Take lifted-by out: deleting data blocks no sign-in."));

    public static final AllowedWords EXPORT_SETTINGS = new AllowedWords(
            "The map's export", List.of("name", "schema", "format", "limit", "link", "keep"), Map.of());

    public static final AllowedWords TABLE = new AllowedWords(
            "A table",
            List.of(
                    "title",
                    "means",
                    "purpose",
                    "basis",
                    "categories",
                    "recipients",
                    "source",
                    "scope",
                    "section",
                    "files",
                    "export",
                    "hide",
                    "reads",
                    "policy",
                    "erase",
                    "new-rows",
                    "created",
                    "links",
                    "subject",
                    "through",
                    "role",
                    "matches",
                    "shared",
                    "on",
                    "by",
                    "where"),
            UNDER_ERASE);

    public static final AllowedWords LINK = new AllowedWords(
            "A link",
            List.of(
                    "subject",
                    "through",
                    "role",
                    "matches",
                    "shared",
                    "on",
                    "by",
                    "where",
                    "scope",
                    "export",
                    "hide",
                    "reads",
                    "erase",
                    "new-rows",
                    "created"),
            UNDER_LINK);

    public static final AllowedWords EXPORT = new AllowedWords(
            "A table's export",
            List.of("none", "except", "mask", "reason", "with"),
            Map.of("all", "Take export out: what is mapped is exported."));

    public static final AllowedWords FILES = new AllowedWords(
            "A column under files",
            List.of("store", "strip"),
            Map.of(
                    "directory",
                    "Take directory out: where a store lies is a setting of the machine, such as exeunt.stores.NAME."));

    public static final AllowedWords WITH = new AllowedWords("with", List.of("on", "columns"), Map.of());

    public static final AllowedWords HIDE = new AllowedWords(
            "hide",
            List.of("set"),
            Map.of(
                    "stash", "Write hide: stash",
                    "delete", "Write hide: delete",
                    "flows", "Write flows alone, with what each hides: hide: { flows: { deactivate: stash } }"));

    public static final AllowedWords ERASE = new AllowedWords(
            "erase", List.of("anonymize", "detach", "keep", "reassign", "retain", "flows"), WORDS_ALONE);

    /** What becomes of the rows in one flow. */
    public static final AllowedWords ERASE_IN_FLOW = new AllowedWords(
            "erase in a flow", List.of("anonymize", "detach", "keep", "reassign", "retain"), WORDS_ALONE);

    public static final AllowedWords KEEP =
            new AllowedWords("keep", List.of("reason", "basis", "for", "then"), Map.of());

    public static final AllowedWords RULE = new AllowedWords("A rule", List.of("sql"), Map.of());

    public static final AllowedWords GUARD =
            new AllowedWords("A guard", List.of("flows", "sql", "message", "link", "override"), Map.of());

    public static final AllowedWords WARNING = new AllowedWords(
            "A warning",
            List.of("flows", "sql", "message"),
            Map.of("override", "Take override out: a warning forbids nothing."));

    public static final AllowedWords EXTERNAL = new AllowedWords(
            "An external system",
            List.of("events", "locators", "deadline", "before-erasure"),
            Map.of(
                    "url",
                    "Take url out: addresses are settings of the server, such as exeunt.external.NAME.url.",
                    "secret",
                    "Take secret out: secrets are settings of the server, such as exeunt.external.NAME.secret."));

    public static final AllowedWords LATE_ROWS = new AllowedWords("late-rows", List.of("look", "then"), Map.of());

    public static final AllowedWords ROLES =
            new AllowedWords("roles", List.of("application", "exempt", "force"), Map.of());

    public static final AllowedWords SQL = new AllowedWords(
            "sql",
            List.of("callers", "gateway", "caller"),
            Map.of("staff", "Take staff out: staff act over HTTP or with the program, never by these functions."));
}

package dev.exeunt.map.yaml;

import java.util.List;
import java.util.Map;

/**
 * Which words may stand in a mapping; together, the language's grammar.
 *
 * @param place as the subject of a sentence
 * @param elsewhere words that belong elsewhere, each with what to write instead
 */
record Vocabulary(String place, List<String> words, Map<String, String> elsewhere) {

    private static final Map<String, String> UNDER_ERASE = Map.of(
            "delete", "Write erase: delete",
            "detach", "Write erase: detach",
            "keep", "Write erase: { keep: \"why these rows stay\" }",
            "reassign", "Write erase: { reassign: KEY }",
            "anonymize", "Write erase: { anonymize: { column: null } }",
            "retain", "Write it under erase, beside anonymize, detach, keep or reassign.",
            "except", "Write export: { except: [column] }");

    private static final Map<String, String> WORDS_ALONE =
            Map.of("delete", "Write erase: delete", "undecided", "Write erase: undecided");

    static final Vocabulary MAP = new Vocabulary(
            "The map",
            List.of(
                    "version",
                    "subject",
                    "flows",
                    "export",
                    "tables",
                    "not-personal",
                    "roles",
                    "guards",
                    "warnings",
                    "accept",
                    "external"),
            Map.of());

    static final Vocabulary SUBJECT =
            new Vocabulary("subject", List.of("table", "key", "created", "identifiers"), Map.of());

    static final Vocabulary FLOW = new Vocabulary("A flow", List.of("grace", "login-block", "confirm"), Map.of());

    static final Vocabulary DELETE_DATA = new Vocabulary(
            "delete-data",
            List.of("grace", "confirm"),
            Map.of("login-block", "Take login-block out: who deletes their data goes on using the account."));

    static final Vocabulary EXPORT_SETTINGS =
            new Vocabulary("The map's export", List.of("name", "schema", "format", "limit", "link", "keep"), Map.of());

    static final Vocabulary TABLE = new Vocabulary(
            "A table",
            List.of(
                    "scope",
                    "section",
                    "export",
                    "hide",
                    "reads",
                    "erase",
                    "new-rows",
                    "created",
                    "links",
                    "subject",
                    "through",
                    "role",
                    "matches",
                    "on",
                    "by",
                    "where"),
            UNDER_ERASE);

    static final Vocabulary LINK = new Vocabulary(
            "A link",
            List.of(
                    "subject",
                    "through",
                    "role",
                    "matches",
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
            UNDER_ERASE);

    static final Vocabulary EXPORT = new Vocabulary(
            "A table's export",
            List.of("except", "with"),
            Map.of("none", "Write export: none", "all", "Take export out: what is mapped is exported."));

    static final Vocabulary WITH = new Vocabulary("with", List.of("on", "columns"), Map.of());

    static final Vocabulary HIDE = new Vocabulary(
            "hide",
            List.of("set"),
            Map.of(
                    "stash", "Write hide: stash",
                    "delete", "Write hide: delete",
                    "flows", "Write flows alone, with what each hides: hide: { flows: { deactivate: stash } }"));

    static final Vocabulary ERASE =
            new Vocabulary("erase", List.of("anonymize", "detach", "keep", "reassign", "retain", "flows"), WORDS_ALONE);

    /** What becomes of the rows in one flow. */
    static final Vocabulary ERASE_IN_FLOW = new Vocabulary(
            "erase in a flow", List.of("anonymize", "detach", "keep", "reassign", "retain"), WORDS_ALONE);

    static final Vocabulary KEEP = new Vocabulary("keep", List.of("reason", "basis", "for", "then"), Map.of());

    static final Vocabulary RULE = new Vocabulary("A rule", List.of("sql"), Map.of());

    static final Vocabulary GUARD =
            new Vocabulary("A guard", List.of("flows", "sql", "message", "link", "override"), Map.of());

    static final Vocabulary WARNING = new Vocabulary(
            "A warning",
            List.of("flows", "sql", "message"),
            Map.of("override", "Take override out: a warning forbids nothing."));

    static final Vocabulary EXTERNAL = new Vocabulary("What lives elsewhere", List.of("locators"), Map.of());

    static final Vocabulary ROLES = new Vocabulary("roles", List.of("application", "exempt"), Map.of());
}

package dev.exeunt.map.yaml;

import java.util.List;
import java.util.Map;

/**
 * Which words may stand in a mapping; together, the language's grammar.
 *
 * @param place as the subject of a sentence
 * @param later words of the language that this version cannot carry out
 * @param elsewhere words that belong elsewhere, each with what to write instead
 */
record Vocabulary(String place, List<String> words, List<String> later, Map<String, String> elsewhere) {

    private static final List<String> ROWS_LATER = List.of("scope", "hide", "reads", "new-rows", "created");

    private static final Map<String, String> UNDER_ERASE = Map.of(
            "delete", "Write erase: delete",
            "detach", "Write erase: detach",
            "keep", "Write erase: { keep: \"why these rows stay\" }",
            "reassign", "Write erase: { reassign: KEY }",
            "anonymize", "Write erase: { anonymize: { column: null } }",
            "retain", "Write it under erase, beside anonymize, detach, keep or reassign.",
            "except", "Write export: { except: [column] }");

    static final Vocabulary MAP = new Vocabulary(
            "The map",
            List.of("version", "subject", "export", "tables", "not-personal", "accept"),
            List.of("flows", "roles", "guards", "warnings", "external"),
            Map.of());

    static final Vocabulary SUBJECT =
            new Vocabulary("subject", List.of("table", "key", "created", "identifiers"), List.of(), Map.of());

    static final Vocabulary EXPORT_SETTINGS = new Vocabulary(
            "The map's export", List.of("name", "schema", "format"), List.of("limit", "link", "keep"), Map.of());

    static final Vocabulary TABLE = new Vocabulary(
            "A table",
            List.of("section", "export", "erase", "links", "subject", "through", "role", "matches", "on", "where"),
            ROWS_LATER,
            UNDER_ERASE);

    static final Vocabulary LINK = new Vocabulary(
            "A link",
            List.of("subject", "through", "role", "matches", "on", "where", "export", "erase"),
            ROWS_LATER,
            UNDER_ERASE);

    static final Vocabulary EXPORT = new Vocabulary(
            "A table's export",
            List.of("except"),
            List.of("with"),
            Map.of("none", "Write export: none", "all", "Take export out: what is mapped is exported."));

    static final Vocabulary ERASE = new Vocabulary(
            "erase",
            List.of("anonymize", "detach", "keep", "reassign", "retain"),
            List.of("flows"),
            Map.of("delete", "Write erase: delete", "undecided", "Write erase: undecided"));

    static final Vocabulary KEEP = new Vocabulary("keep", List.of("reason", "basis", "for"), List.of("then"), Map.of());

    static final Vocabulary RULE = new Vocabulary("A rule", List.of("sql"), List.of(), Map.of());
}

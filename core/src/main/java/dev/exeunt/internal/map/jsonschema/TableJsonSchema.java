package dev.exeunt.internal.map.jsonschema;

import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.anyOf;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.described;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.entries;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.languageText;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.list;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.matching;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.name;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.names;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.notTogether;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.of;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.oneOf;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.period;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.ref;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.table;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.words;

import dev.exeunt.internal.map.RoleLifecycle.PolicyForm;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.map.SharedValueRule;
import dev.exeunt.internal.map.read.LinkReader;
import dev.exeunt.internal.map.read.RuleReader;
import dev.exeunt.internal.map.read.SectionNameAssigner;
import dev.exeunt.internal.map.read.TimeSpanReader;
import dev.exeunt.internal.map.read.file.FileColumnReader;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.map.AccountFlow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Generates the part of the map's JSON Schema that describes tables and links. */
final class TableJsonSchema {

    private TableJsonSchema() {}

    /** By the names that others refer to. */
    static Map<String, Object> definitions() {
        return of(
                "table", tableEntry(),
                "link", link(),
                "export", export(),
                "hide", byFlow(hideOnce(), ref("hide-once")),
                "hide-once", hideOnce(),
                "erase", byFlow(ref("fate"), ref("fate")),
                "fate", fate(),
                "anonymize", rules(RuleReader.ERASED),
                "set", rules(Set.of(TemplatePlaceholder.values())),
                "flows", list(oneOf(AccountFlow.words())));
    }

    private static Map<String, Object> tableEntry() {
        Map<String, Object> p = rows();
        p.put(
                "policy",
                described(
                        "Which queries enforcing keeps quick: those over many rows, or those over some dozens.",
                        oneOf(PolicyForm.words())));
        p.put("title", described("What people read instead of the table's name.", languageText()));
        p.put("means", described("What the rows are, for people, in a sentence or two.", languageText()));
        p.putAll(NoticeJsonSchema.terms());
        p.put("categories", described("What the rows hold: the categories of data.", languageText()));
        p.put("section", described("Its name in the export.", section()));
        p.put("files", described("Columns that name files, each with the store that holds them.", files()));
        p.put(
                "links",
                described("Several ways in which rows belong to a person, each with a name.", entries(ref("link"))));
        Map<String, Object> table = words(AllowedWords.TABLE, inOrder(AllowedWords.TABLE, p));
        List<Object> besideLinks = LinkReader.WORDS.stream()
                .<Object>map(w -> of("required", List.of("links", w)))
                .toList();
        List<Object> refused = new ArrayList<>(besideLinks);
        refused.addAll(strays());
        table.put("not", of("anyOf", refused));
        table.putAll(linkShape());
        return table;
    }

    private static Map<String, Object> link() {
        Map<String, Object> link = words(AllowedWords.LINK, inOrder(AllowedWords.LINK, rows()));
        link.put("not", of("anyOf", strays()));
        link.put(
                "anyOf",
                LinkReader.KINDS.stream().map(k -> of("required", List.of(k))).toList());
        link.putAll(linkShape());
        return link;
    }

    /** Words that say nothing beside others. */
    private static List<Object> strays() {
        List<Object> strays = notTogether(LinkReader.KINDS);
        strays.addAll(List.of(
                of("required", List.of("subject", "role")),
                of("required", List.of("subject", "on")),
                of("required", List.of("subject", "by")),
                of("required", List.of("matches", "by")),
                of("required", List.of("on", "by")),
                of("required", List.of("matches", "role")),
                of("required", List.of("subject", "shared")),
                of("required", List.of("through", "shared"))));
        return strays;
    }

    private static Map<String, Object> linkShape() {
        return of(
                "dependencies",
                of(
                        "through", anyOf(of("required", List.of("on")), of("required", List.of("by"))),
                        "matches", of("required", List.of("on"), "properties", of("on", name()))));
    }

    /** What a table and a link may say of their rows. */
    private static Map<String, Object> rows() {
        Map<String, Object> p = new LinkedHashMap<>();
        p.put("subject", described("The column, or columns, that hold the person's key.", names()));
        p.put(
                "through",
                described("The table of the person's whose rows these hang off, or are referred to by.", table()));
        p.put("role", described("In which roles that table's rows are theirs.", names()));
        p.put("matches", described("The identifier whose value the row holds, whatever its case.", name()));
        p.put(
                "shared",
                described(
                        "Whose the rows are where another present person holds the value as well.",
                        oneOf(SharedValueRule.words())));
        p.put("on", described("The column, or columns, that refer to that row or hold that value.", names()));
        p.put("by", described("The column, or columns, of that table that refer to these rows.", names()));
        p.put("where", described("Narrows the link: an SQL expression over the row's columns.", name()));
        p.put("scope", described("account: delete-data leaves these rows alone.", oneOf(List.of("data", "account"))));
        p.put("export", described("What of the rows the person gets; all unless said.", ref("export")));
        p.put("hide", described("What happens at the request, until the grace period ends.", ref("hide")));
        p.put("reads", described("Whether the application still sees hidden rows.", oneOf(List.of("absent", "shown"))));
        p.put("erase", described("What becomes of the rows.", ref("erase")));
        p.put(
                "new-rows",
                described("Whether a person who is leaving may still make rows.", oneOf(List.of("allow", "refuse"))));
        p.put("created", described("The column that says when a row was made.", name()));
        return p;
    }

    private static Map<String, Object> files() {
        Map<String, Object> store = matching("^" + FileColumnReader.STORE_FORM + "$");
        return entries(anyOf(
                store,
                words(
                        AllowedWords.FILES,
                        of(
                                "store", described("The store, by its name in the settings.", store),
                                "strip",
                                        described(
                                                "What each value begins with before the file's name: /uploads/.",
                                                name())),
                        "store")));
    }

    private static Map<String, Object> inOrder(AllowedWords vocabulary, Map<String, Object> properties) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        vocabulary.words().forEach(w -> ordered.put(w, properties.get(w)));
        return ordered;
    }

    private static Map<String, Object> section() {
        Map<String, Object> section = matching("^[A-Za-z0-9_-]+$");
        String taken = SectionNameAssigner.RESERVED.stream()
                .map(TableJsonSchema::anyCase)
                .collect(Collectors.joining("|", "^(?:", ")$"));
        section.put("not", of("type", "string", "pattern", taken));
        return section;
    }

    private static String anyCase(String word) {
        return word.chars()
                .mapToObj(c -> "[" + (char) c + (char) (c - 'a' + 'A') + "]")
                .collect(Collectors.joining());
    }

    private static Map<String, Object> export() {
        Map<String, Object> with = words(
                AllowedWords.WITH,
                of(
                        "on", described("The column, or columns, that refer to it.", names()),
                        "columns", described("What of it goes along.", list(name()))),
                "on",
                "columns");
        Map<String, Object> some = words(
                AllowedWords.EXPORT,
                of(
                        "none", described("Nothing of the rows, and why.", languageText()),
                        "except", described("Columns left out.", list(name())),
                        "mask", described("Columns whose values are replaced: about another person.", list(name())),
                        "reason", described("Why columns are left out or masked.", languageText()),
                        "with",
                                described(
                                        "Columns of the one row of another table that a row refers to.",
                                        entries(JsonSchemaParts.TABLE_NAME, with))));
        some.put("minProperties", 1);
        some.put(
                "dependencies",
                of("reason", anyOf(of("required", List.of("except")), of("required", List.of("mask")))));
        some.put(
                "not",
                of("anyOf", List.of(together("except"), together("mask"), together("reason"), together("with"))));
        return anyOf(oneOf(List.of("none")), some);
    }

    private static Map<String, Object> together(String other) {
        return of("required", List.of("none", other));
    }

    private static Map<String, Object> hideOnce() {
        return anyOf(
                oneOf(List.of("stash", "delete")),
                words(
                        AllowedWords.HIDE,
                        of("set", described("Columns, each with what it becomes.", ref("set"))),
                        "set"));
    }

    /** The same for every flow, or for each on its own. */
    private static Map<String, Object> byFlow(Map<String, Object> all, Map<String, Object> each) {
        Map<String, Object> flows = new LinkedHashMap<>();
        AccountFlow.words().forEach(w -> flows.put(w, each));
        Map<String, Object> byFlow =
                of("type", "object", "minProperties", 1, "additionalProperties", false, "properties", flows);
        return anyOf(
                all,
                of(
                        "type",
                        "object",
                        "additionalProperties",
                        false,
                        "properties",
                        of("flows", described("For each flow on its own.", byFlow)),
                        "required",
                        List.of("flows")));
    }

    private static Map<String, Object> fate() {
        Map<String, Object> p = of(
                "anonymize", described("The rows stay; columns, each with what it becomes.", ref("anonymize")),
                "detach",
                        described(
                                "The rows stay, the link becomes NULL: true, or the columns to empty.",
                                anyOf(of("const", true), list(name()))),
                "keep", described("The rows stay, and why.", anyOf(name(), keep())),
                "reassign",
                        described(
                                "The rows stay, and become a standing row's: its key.",
                                anyOf(name(), of("type", "array", "items", name(), "minItems", 1))),
                "retain", described("Columns that stay on purpose.", list(name())));
        Map<String, Object> stays = words(AllowedWords.ERASE_IN_FLOW, p);
        List<String> mains = List.of("detach", "keep", "reassign");
        stays.put("not", of("anyOf", notTogether(mains)));
        List<Object> some = new ArrayList<>();
        some.add(of("required", List.of("anonymize")));
        mains.forEach(m -> some.add(of("required", List.of(m))));
        stays.put("anyOf", some);
        return anyOf(oneOf(List.of("delete", "detach", "undecided")), stays);
    }

    private static Map<String, Object> keep() {
        Map<String, Object> keep = words(
                AllowedWords.KEEP,
                of(
                        "reason", described("Why the rows stay.", name()),
                        "basis", described("The legal basis; such a keep wins over other roles.", name()),
                        "for", described("How long: 30d, 18m, 6y.", period(TimeSpanReader.LONG)),
                        "then", described("What follows when the time is up.", oneOf(List.of("delete")))),
                "reason");
        keep.put("dependencies", of("then", List.of("for")));
        return keep;
    }

    private static Map<String, Object> rules(Set<TemplatePlaceholder> allowed) {
        String placeholders =
                allowed.stream().map(TemplatePlaceholder::word).sorted().collect(Collectors.joining("|"));
        return entries(anyOf(
                of("type", List.of("null", "boolean", "number")),
                of("type", "string", "pattern", "^(?:[^{}]|\\{\\{|\\}\\}|\\{\\s*(?:" + placeholders + ")\\s*\\})*$"),
                words(
                        AllowedWords.RULE,
                        of("sql", described("An SQL expression over the row's columns.", name())),
                        "sql")));
    }
}

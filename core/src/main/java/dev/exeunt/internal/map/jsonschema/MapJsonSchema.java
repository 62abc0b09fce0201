package dev.exeunt.internal.map.jsonschema;

import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.anyOf;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.described;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.entries;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.list;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.matching;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.name;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.names;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.of;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.oneOf;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.period;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.ref;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.table;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.words;

import dev.exeunt.internal.map.GuardLink;
import dev.exeunt.internal.map.LifecycleSettings.EventName;
import dev.exeunt.internal.map.read.ExportRuleReader;
import dev.exeunt.internal.map.read.ExternalSystemReader;
import dev.exeunt.internal.map.read.FlowReader;
import dev.exeunt.internal.map.read.LifecycleSettingsReader;
import dev.exeunt.internal.map.read.ReasonReader;
import dev.exeunt.internal.map.read.SessionSettingReader;
import dev.exeunt.internal.map.read.TimeSpanReader;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.map.AccountFlow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Generates a JSON Schema of the map language for editors from the reader's own vocabulary. It is made of the reader's
 * own vocabulary, and refuses what the reader refuses, but for what one part of a map says of another. Draft 7, which
 * every editor's YAML support knows.
 */
public final class MapJsonSchema {

    private MapJsonSchema() {}

    /** The schema's text, ending in a line break. */
    public static String json() {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        return mapper.writeValueAsString(schema()).replace("\r\n", "\n") + "\n";
    }

    private static Map<String, Object> schema() {
        Map<String, Object> schema = of(
                "$schema",
                "http://json-schema.org/draft-07/schema#",
                "title",
                "Exeunt data map",
                "description",
                "For every table: which rows belong to a person, and what becomes of them.");
        schema.putAll(map());
        schema.put("definitions", TableJsonSchema.definitions());
        return schema;
    }

    private static Map<String, Object> map() {
        Map<String, Object> p = new LinkedHashMap<>();
        p.put("version", described("The language's version: 1.", of("enum", List.of(1, "1"))));
        p.put("subject", described("The person: the table that has one row for each.", subject()));
        p.putAll(NoticeJsonSchema.top());
        p.put(
                "flows",
                described("The ways to leave that the application offers, and how long each can be undone.", offers()));
        p.put("export", described("The bundle people get.", settings()));
        p.put(
                "tables",
                described("Every table with rows of people.", entries(JsonSchemaParts.TABLE_NAME, ref("table"))));
        p.put(
                "not-personal",
                described(
                        "Tables that hold no personal data, each with the reason.",
                        entries(JsonSchemaParts.TABLE_NAME, name())));
        database(p);
        return words(AllowedWords.MAP, p, "version", "subject", "tables");
    }

    /** What is about roles, queries and settings of the database. */
    private static void database(Map<String, Object> p) {
        p.put("roles", described("Roles of the database.", roles()));
        p.put("sql", described("Functions in SQL for applications that speak only SQL.", sqlEntryPoints()));
        p.put("guards", described("Queries each of whose rows forbids a flow.", entries(guard())));
        p.put(
                "warnings",
                described("Queries each of whose rows people acknowledge before a flow.", entries(warning())));
        p.put("accept", described("Warnings of check that may stay: the code, what it is about, and why.", accept()));
        p.put(
                "backups",
                described(
                        "How long backups of the database are kept, and with them what was erased.",
                        period(TimeSpanReader.LONG)));
        p.put(
                "external",
                described(
                        "Systems that get events, and those that have to erase too.",
                        entries("^" + ExternalSystemReader.NAME + "$", external())));
        p.put(
                "late-rows",
                described(
                        "When an erased person's links are looked at again, for rows that came later; none for never.",
                        anyOf(oneOf(List.of("none")), lateRows())));
        p.put(
                "settings",
                described(
                        "What transactions of Exeunt set, for triggers that ask for it: names of two parts.",
                        entries("^" + SessionSettingReader.NAME + "$", name())));
    }

    private static Map<String, Object> external() {
        Map<String, Object> system = words(
                AllowedWords.EXTERNAL,
                of(
                        "events",
                        described(
                                "The events that the system gets; all where the list is missing.",
                                list(oneOf(EventName.words()))),
                        "locators",
                        described(
                                "A query for where the person's data is there; :subject is the person's key.", name()),
                        "deadline",
                        described(
                                "How long the system may take to answer what it erased.", period(TimeSpanReader.SHORT)),
                        "before-erasure",
                        described(
                                "How long an erasure waits at most until the system has taken erasure_starting.",
                                period(TimeSpanReader.WAIT))));
        system.put("minProperties", 1);
        return system;
    }

    private static Map<String, Object> lateRows() {
        Map<String, Object> watch = words(
                AllowedWords.LATE_ROWS,
                of(
                        "look",
                        described(
                                "How long after the erasure; after 5 minutes, an hour and a day unless said.",
                                list(period(TimeSpanReader.WAIT))),
                        "then",
                        described(
                                "Whether rows that are found are only reported, or erased.",
                                oneOf(LifecycleSettingsReader.LATE_ROWS_THEN))));
        watch.put("minProperties", 1);
        return watch;
    }

    private static Map<String, Object> subject() {
        return words(
                AllowedWords.SUBJECT,
                of(
                        "table", described("The table with one row for each person.", table()),
                        "key", described("The column, or columns, that name the person.", names()),
                        "created",
                                described(
                                        "When the person came: tells them from a later one with the same key.", name()),
                        "present",
                                described(
                                        "True for people who are not soft-deleted: an SQL expression over the row's columns.",
                                        name()),
                        "identifiers", described("Columns people are known by: e-mail address, user name.", names())),
                "table",
                "key");
    }

    private static Map<String, Object> offers() {
        Map<String, Object> p = new LinkedHashMap<>();
        p.put(
                "delete-data",
                described(
                        "What the person made goes, the account stays.",
                        offer(AllowedWords.DELETE_DATA, FlowReader.liftingWord(AccountFlow.DELETE_DATA))));
        p.put(
                "deactivate",
                described(
                        "The account is out of sight, and erased unless the person comes back in time.",
                        offer(AllowedWords.FLOW, FlowReader.liftingWord(AccountFlow.DEACTIVATE))));
        p.put(
                "delete-account",
                described(
                        "The account goes, and all that belongs to it.",
                        offer(AllowedWords.FLOW, FlowReader.liftingWord(AccountFlow.DELETE_ACCOUNT))));
        return of("type", "object", "minProperties", 1, "additionalProperties", false, "properties", p);
    }

    private static Map<String, Object> offer(AllowedWords vocabulary, String back) {
        Map<String, Object> p = of(
                "grace",
                described(
                        "How long it can be undone; 30d unless said. none: erased with the request; 0d: due at once.",
                        anyOf(oneOf(List.of("none")), period(TimeSpanReader.GRACE))),
                "login-block",
                described("How long the person cannot sign in.", period(TimeSpanReader.SHORT)),
                "lifted-by",
                described(
                        "What ends the login block before its time; without it the block holds to its end.",
                        oneOf(List.of(back))),
                "confirm",
                described("The identifier that the person types to confirm.", name()));
        p.keySet().retainAll(vocabulary.words());
        Map<String, Object> offer = words(vocabulary, p);
        if (p.containsKey("lifted-by")) {
            offer.put("dependencies", of("lifted-by", List.of("login-block")));
        }
        return anyOf(of("type", "null"), offer);
    }

    private static Map<String, Object> settings() {
        String fileName =
                "^(?=[\\s\\S]*\\S)(?:[^/\\\\{}\\u0000-\\u001f\\u007f-\\u009f]|\\{\\s*key\\s*\\}|\\{\\s*timestamp\\s*\\})*$";
        Map<String, Object> p = new LinkedHashMap<>();
        p.put(
                "name",
                described("The file's name, without ending; {key} and {timestamp} are filled in.", matching(fileName)));
        p.put(
                "schema",
                described(
                        "Version of the document's structure, written at its top.",
                        anyOf(
                                of("type", "integer", "minimum", 1, "maximum", 999_999_999),
                                of("type", "string", "pattern", "^(?:" + ExportRuleReader.SCHEMA_FORM + ")$"))));
        p.put("format", described("How the bundle is packed.", oneOf(List.of("zip", "json"))));
        p.put("limit", described("How often a person may ask: 1 per 24h.", period(ExportRuleReader.LIMIT_FORM)));
        p.put("link", described("How long a download link is good for: 1h.", period(TimeSpanReader.SHORT)));
        p.put("keep", described("How long the archive is kept: 24h.", period(TimeSpanReader.SHORT)));
        return words(AllowedWords.EXPORT_SETTINGS, p);
    }

    private static Map<String, Object> roles() {
        Map<String, Object> roles = words(
                AllowedWords.ROLES,
                of(
                        "application", described("Roles that no longer see who is hidden.", list(name())),
                        "exempt", described("Roles that still do.", list(name())),
                        "force",
                                described(
                                        "Whether row security binds the owner of a table, too.",
                                        of("type", "boolean"))));
        roles.put("minProperties", 1);
        return roles;
    }

    private static Map<String, Object> sqlEntryPoints() {
        return words(
                AllowedWords.SQL,
                of(
                        "callers", described("Roles that may call the functions; none of them signs in.", list(name())),
                        "gateway",
                                described("Login roles that change to a caller and say whose request it is.", names()),
                        "caller",
                                described(
                                        "An SQL expression for each column of the key: who calls. Unless said, the claim sub.",
                                        names())),
                "callers");
    }

    private static Map<String, Object> guard() {
        Map<String, Object> p = queries("Each row forbids the flow.");
        p.put(
                "link",
                described(
                        "Where the person can put it right; {column} is the row's, percent-encoded.",
                        matching("^" + GuardLink.FORM + "$")));
        p.put("override", described("Whether an administrator may pass it over.", oneOf(List.of("never", "admin"))));
        return words(AllowedWords.GUARD, p, "flows", "sql", "message");
    }

    private static Map<String, Object> warning() {
        return words(AllowedWords.WARNING, queries("Each row is a warning."), "flows", "sql");
    }

    private static Map<String, Object> queries(String effect) {
        return of(
                "flows", described("The flows it is for.", ref("flows")),
                "sql", described("A query; :subject is the person's key. " + effect, name()),
                "message", described("What the person reads; {column} is the row's.", message()));
    }

    private static Map<String, Object> message() {
        return matching("^(?=[\\s\\S]*\\S)" + LifecycleSettingsReader.MESSAGE + "$");
    }

    private static Map<String, Object> accept() {
        Map<String, Object> codes = new LinkedHashMap<>();
        ReasonReader.acceptable().forEach(code -> codes.put(code, entries(name())));
        return of("type", "object", "minProperties", 1, "additionalProperties", false, "properties", codes);
    }
}

package dev.exeunt.needle;

import dev.exeunt.testkit.SeededRandom;
import java.util.Locale;

/**
 * Describes what is planted and where.
 *
 * @param table where it must be found: a table as Exeunt prints it, or {@code pg_largeobject}
 * @param sql creates the place and plants it
 */
record PlantedNeedle(NeedleKind kind, String table, String sql) {

    private static final String[] KEY_NAMES = {
        "member_id",
        "owner",
        "created_by",
        "user_id",
        "author_id",
        "actor",
        "requester_id",
        "person_id",
        "assignee",
        "whodunnit"
    };

    /** Plants it somewhere that nothing in the map leads to. */
    static PlantedNeedle of(NeedleKind kind, NeedlePerson person, SeededRandom dice) {
        String name = dice.one("ledger", "Things", "notes_2", "cache", "inbox item");
        return switch (kind) {
            case TYPED_COLUMN -> table(kind, name, dice.one(KEY_NAMES), typed(person, dice), dice);
            case ARRAY -> array(name, person, dice);
            case JSON ->
                table(
                        kind,
                        name,
                        "payload",
                        "'" + json(person, dice) + "'::" + dice.one("jsonb", "json", "text"),
                        dice);
            case TEXT ->
                table(
                        kind,
                        name,
                        "line",
                        "'" + prose(person, dice) + "'::" + dice.one("text", "varchar", "xml", "text"),
                        dice);
            case BYTES -> table(kind, name, "raw", "convert_to('" + prose(person, dice) + "', 'UTF8')", dice);
            case LARGE_OBJECT ->
                new PlantedNeedle(
                        kind,
                        "pg_largeobject",
                        "CREATE TABLE files (content oid); INSERT INTO files VALUES (lo_from_bytea(0, convert_to('"
                                + prose(person, dice) + "', 'UTF8')));");
            case HISTORY ->
                new PlantedNeedle(
                        kind,
                        "people_history",
                        "CREATE TABLE people_history AS SELECT id, email, name, now() AS at FROM people WHERE id = "
                                + person.literal() + ";");
            case OTHER_SCHEMA -> {
                PlantedNeedle other =
                        of(dice.one(NeedleKind.TEXT, NeedleKind.JSON, NeedleKind.TYPED_COLUMN), person, dice);
                String bare = other.table();
                yield new PlantedNeedle(
                        kind,
                        "audit." + bare,
                        "CREATE SCHEMA audit; " + other.sql() + "ALTER TABLE \"" + bare + "\" SET SCHEMA audit;");
            }
            case MATERIALIZED_VIEW ->
                new PlantedNeedle(
                        kind,
                        "summary",
                        "CREATE MATERIALIZED VIEW summary AS SELECT id AS user_id, "
                                + dice.one("email", "name", "'x'::text AS nothing") + " FROM people;");
            case MAPPED_TABLE ->
                new PlantedNeedle(
                        kind,
                        "posts",
                        "INSERT INTO posts SELECT 900, id, '" + prose(person, dice) + "' FROM people WHERE id <> "
                                + person.literal() + " LIMIT 1;");
            case HIDDEN -> hidden(name, person, dice);
        };
    }

    private static PlantedNeedle table(NeedleKind kind, String table, String column, String value, SeededRandom dice) {
        return new PlantedNeedle(
                kind,
                table,
                "CREATE TABLE \"" + table + "\" AS SELECT n AS id, " + value + " AS \"" + column
                        + "\" FROM generate_series(1, " + (1 + dice.below(3)) + ") AS n;");
    }

    private static String typed(NeedlePerson person, SeededRandom dice) {
        return "'" + person.key() + "'::" + dice.one(person.type(), person.type(), "text", "varchar(80)");
    }

    private static PlantedNeedle array(String table, NeedlePerson person, SeededRandom dice) {
        if (dice.chance(50)) {
            return table(
                    NeedleKind.ARRAY,
                    table,
                    "addresses",
                    "ARRAY['x', '" + dice.one(person.email(), person.name(), "To: " + person.email()) + "']::text[]",
                    dice);
        }
        String value =
                "ARRAY['" + person.other() + "', '" + person.key() + "']::" + dice.one(person.type(), "text") + "[]";
        return table(NeedleKind.ARRAY, table, dice.one("member_ids", "owners", "user_ids"), value, dice);
    }

    private static String json(NeedlePerson person, SeededRandom dice) {
        String key = dice.chance(50) && person.isNumber() ? person.key() : "\"" + person.key() + "\"";
        String leaf = dice.one(
                "{\"actor_id\": " + key + "}",
                "{\"user\": {\"type\": \"x\", \"id\": " + key + "}}",
                "{\"member_ids\": [" + (person.isNumber() ? "1" : "\"x\"") + ", " + key + "]}",
                "{\"note\": \"first line\\n" + person.email() + "\"}",
                "{\"to\": [\"" + person.name() + "\"]}");
        for (int depth = dice.below(5); depth > 0; depth--) {
            leaf = dice.one(
                    "{\"data\": " + leaf + ", \"n\": 1}", "[[], " + leaf + "]", "{\"a\": {\"b\": [" + leaf + "]}}");
        }
        return leaf;
    }

    private static String prose(NeedlePerson person, SeededRandom dice) {
        String token = dice.one(
                person.email(),
                person.email().toUpperCase(Locale.ROOT),
                person.name(),
                person.name().toUpperCase(Locale.ROOT),
                person.key().length() >= 6 ? person.key() : person.email());
        return dice.one("Ask ", "to:", "(", "“", "") + token + dice.one(", please.", "”", ";x", "", "\n\tBest regards");
    }

    private static PlantedNeedle hidden(String table, NeedlePerson person, SeededRandom dice) {
        if (person.isShort()) {
            return dice.chance(50)
                    ? table(NeedleKind.HIDDEN, table, "line", "'number " + person.key() + " called'::text", dice)
                    : table(NeedleKind.HIDDEN, table, "x", person.key() + "::int", dice);
        }
        String backwards = new StringBuilder(person.email()).reverse().toString();
        return table(NeedleKind.HIDDEN, table, "raw", "convert_to('" + backwards + "', 'UTF8')", dice);
    }
}

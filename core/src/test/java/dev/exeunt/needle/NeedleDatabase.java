package dev.exeunt.needle;

import dev.exeunt.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/** Makes up an application with people, tables that say nothing about them, and at times rows that look as if they did. */
final class NeedleDatabase {

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { erase: %s }
              posts: { subject: author_id, erase: delete }
            """;

    private final SeededRandom dice;
    private final NeedlePerson person;
    private final StringBuilder sql = new StringBuilder();
    private final List<String> tables = new ArrayList<>();

    NeedleDatabase(SeededRandom dice, NeedlePerson person) {
        this.dice = dice;
        this.person = person;
        people();
        for (int i = dice.below(4); i >= 0; i--) {
            filler("filler_" + i);
        }
    }

    String sql() {
        return sql.toString();
    }

    /** @param needle the table that it stands in is not personal, if one asks the map */
    String map(PlantedNeedle needle) {
        List<String> notPersonal = new ArrayList<>(tables);
        if (!List.of("posts", "summary", "pg_largeobject").contains(needle.table())) {
            notPersonal.add(needle.table());
        }
        if (needle.kind() == NeedleKind.LARGE_OBJECT) {
            notPersonal.add("files");
        }
        StringBuilder map = new StringBuilder(MAP.formatted(dice.one(
                "delete", "{ anonymize: { email: \"gone-{random}@erased.invalid\", name: null, signup_ip: null } }")));
        map.append("not-personal:\n");
        notPersonal.forEach(t -> map.append("  \"").append(t).append("\": made up\n"));
        return map.toString();
    }

    private void people() {
        String others = person.type().equals("uuid")
                ? "gen_random_uuid()"
                : person.type().equals("text") ? "'usr_' || md5(n::text)" : "300 + n * 7";
        sql.append("CREATE TABLE people (id ")
                .append(person.type())
                .append(" PRIMARY KEY, email text UNIQUE, name text, signup_ip inet);");
        sql.append("INSERT INTO people SELECT ")
                .append(others)
                .append(", 'other' || n || '@example.net', 'Other Person ' || n")
                .append(" FROM generate_series(1, ")
                .append(5 + dice.below(25))
                .append(") AS n;");
        sql.append("INSERT INTO people VALUES ('")
                .append(person.key())
                .append("', '")
                .append(person.email())
                .append("', '")
                .append(person.name())
                .append("');");
        sql.append("CREATE TABLE posts (id bigint PRIMARY KEY, author_id ")
                .append(person.type())
                .append(
                        " REFERENCES people ON DELETE CASCADE, body text, author_ip inet); CREATE INDEX ON posts (author_id);");
        sql.append("INSERT INTO posts SELECT row_number() OVER (), id, 'Post of ' || md5(id::text) FROM people;");
    }

    private void filler(String table) {
        tables.add(table);
        sql.append("CREATE TABLE ")
                .append(table)
                .append(" AS SELECT n AS id, ")
                .append(dice.one(
                        "md5(n::text) AS hash",
                        "'line ' || n AS line",
                        "jsonb_build_object('n', n, 'user_id', 100000 + n) AS payload",
                        "ARRAY[n, n + 1] AS numbers",
                        "now() AS at",
                        "gen_random_uuid() AS token"))
                .append(", n % 5 + 1 AS stars, true AS done FROM generate_series(1, ")
                .append(1 + dice.below(40))
                .append(") AS n;");
    }

    /** The same number is the key of another table's row, as a foreign key says, or a name. */
    private void otherKeys() {
        tables.add("recipients");
        tables.add("envelopes");
        sql.append("CREATE TABLE recipients (id bigint PRIMARY KEY, label text); INSERT INTO recipients VALUES (")
                .append(person.key())
                .append(", 'x');")
                .append("CREATE TABLE envelopes (id serial, recipient_id bigint REFERENCES recipients,"
                        + " first_recipient_id bigint, payload jsonb);")
                .append("INSERT INTO envelopes (recipient_id, first_recipient_id, payload) SELECT id, id,"
                        + " jsonb_build_object('recipient_id', ")
                .append(person.isShort() ? "id" : "5")
                .append(") FROM recipients;");
    }

    /** Another person's own row has the address from which this person wrote. */
    private void sharedAddress() {
        sql.append("UPDATE people SET signup_ip = '198.51.100.30' WHERE id = (SELECT max(id::text) FROM people"
                        + " WHERE name LIKE 'Other%')::")
                .append(person.type())
                .append("; UPDATE posts SET author_ip = '198.51.100.30' WHERE author_id = ")
                .append(person.literal())
                .append(";");
    }

    /** Rows that hold what looks like the person's data and is not. */
    void decoys() {
        if (person.isNumber()) {
            otherKeys();
        }
        sharedAddress();
        tables.add("decoys");
        sql.append("CREATE TABLE decoys (id serial, line text, quantity bigint, payload jsonb, ids text[]);");
        String longer = dice.one("9", "x", "_") + person.key() + dice.one("1", "a", "_7");
        sql.append("INSERT INTO decoys (line, quantity, payload, ids) VALUES ('")
                .append(longer)
                .append("', ")
                .append(person.isNumber() ? person.key() : "5")
                .append(", '{\"count\": ")
                .append(person.isShort() ? person.key() : "5")
                .append(", \"ref\": \"")
                .append(longer)
                .append("\"}', '{")
                .append(longer)
                .append("}'), ('")
                .append(dice.one("x", "not.", "x+"))
                .append(person.email())
                .append(".invalid', 1, '{\"version\": 3}', '{}');");
        sql.append("UPDATE people SET name = '")
                .append(person.name())
                .append("' WHERE id = (SELECT min(id::text) FROM people WHERE name LIKE 'Other%')::")
                .append(person.type())
                .append(";");
    }
}

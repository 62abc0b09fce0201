package dev.exeunt.lifecycle;

import dev.exeunt.Exeunt;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.map.yaml.MapReader;
import dev.exeunt.postgres.Database;
import dev.exeunt.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small application of which people leave: guilds with members, posts with comments, sessions, messages by address. */
final class Town implements AutoCloseable {

    static final HashKey KEY = HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text, name text, bio text, gone_at timestamptz);
            CREATE TABLE sessions (id bigint PRIMARY KEY, person bigint NOT NULL REFERENCES people);
            CREATE TABLE guilds (id bigint PRIMARY KEY, name text NOT NULL);
            CREATE TABLE members (guild bigint NOT NULL REFERENCES guilds, person bigint NOT NULL REFERENCES people,
                role text NOT NULL, PRIMARY KEY (guild, person));
            CREATE INDEX ON members (person);
            CREATE TABLE posts (id bigint PRIMARY KEY, person bigint REFERENCES people, body text, visible boolean NOT NULL DEFAULT true,
                deleted_at timestamptz, created_at timestamptz NOT NULL);
            CREATE INDEX ON posts (person);
            CREATE TABLE likes (id bigint PRIMARY KEY, post bigint NOT NULL REFERENCES posts, person bigint REFERENCES people,
                created_at timestamptz NOT NULL DEFAULT '2026-01-01');
            CREATE INDEX ON likes (post);
            CREATE INDEX ON likes (person);
            CREATE INDEX ON sessions (person);
            CREATE TABLE mails (id bigint PRIMARY KEY, sent_to text);
            CREATE INDEX ON mails (lower(sent_to));
            INSERT INTO people VALUES (1, 'Anna@x.test', 'Anna', NULL, NULL), (2, 'ben@x.test', 'Ben', '', NULL),
                (3, 'cem@x.test', 'Cem', 'c', NULL), (4, 'dee@x.test', 'Dee', 'd', NULL);
            INSERT INTO sessions VALUES (1, 1), (2, 2), (3, 1);
            INSERT INTO guilds VALUES (1, 'Smiths'), (2, 'Bakers');
            INSERT INTO members VALUES (1, 1, 'owner'), (1, 2, 'owner'), (1, 3, 'member'), (2, 3, 'owner');
            INSERT INTO posts VALUES (1, 1, 'one', true, NULL, '2026-01-01'), (2, 1, 'two', false, '2026-02-01', '2026-01-02'),
                (3, 2, 'three', true, NULL, '2026-01-03'), (4, 1, NULL, true, NULL, '2026-01-04'), (5, 1, '', false, NULL, '2026-01-05');
            INSERT INTO likes VALUES (1, 1, 2), (2, 3, 1), (3, 4, 1), (4, 1, 3);
            INSERT INTO mails VALUES (1, 'anna@x.test'), (2, 'BEN@x.test');
            """;

    static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            flows:
              delete-data: { grace: 30d }
              deactivate: { grace: 30d, login-block: 24h }
              delete-account: { grace: 14d, confirm: email }
            tables:
              people:
                scope: account
                erase: { anonymize: { email: "deleted-{key}@erased.invalid", name: null, bio: null } }
                hide:
                  flows:
                    deactivate: { set: { gone_at: "{now}", email: "hidden-{key}@erased.invalid", name: "Somebody" } }
                    delete-account: { set: { gone_at: "{now}", email: "leaving-{key}@erased.invalid" } }
              sessions: { subject: person, scope: account, erase: delete, hide: { flows: { deactivate: delete, delete-account: delete } } }
              members: { subject: person, scope: account, erase: delete, hide: { flows: { delete-account: stash } } }
              posts:
                subject: person
                created: created_at
                erase: delete
                hide: { set: { deleted_at: "{now}", visible: "false" } }
              likes:
                links:
                  own: { subject: person, created: created_at, erase: delete, hide: stash }
                  on-posts: { through: posts, on: post, created: created_at, erase: delete, hide: stash, export: none }
              mails: { matches: email, on: sent_to, scope: account, erase: delete }
            guards:
              last-owner:
                flows: [deactivate, delete-account]
                sql: >-
                  select g.id, g.name from guilds g join members m on m.guild = g.id and m.person = :subject and m.role = 'owner'
                  where not exists (select from members o where o.guild = g.id and o.role = 'owner' and o.person <> :subject
                  and o.person <> all (:leaving))
                message: "You are the only owner of {name}."
                link: "/guilds/{id}/members"
                override: admin
            warnings:
              guilds:
                flows: [delete-data, deactivate]
                sql: "select g.name from guilds g join members m on m.guild = g.id where m.person = :subject"
                message: "{name} will see that you are gone."
            not-personal: { guilds: names of guilds }
            """;

    private final TestDatabase database;
    private final Steps clock = new Steps();

    private Town(TestDatabase database) {
        this.database = database;
    }

    static Town made() {
        Town town = new Town(TestDatabase.createFrom(SCHEMA));
        town.exeunt().migrations().apply();
        return town;
    }

    TestDatabase database() {
        return database;
    }

    Steps clock() {
        return clock;
    }

    Exeunt exeunt() {
        return Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .clock(clock)
                .key(KEY)
                .lockWait(Duration.ofSeconds(10))
                .build();
    }

    Departures departures() {
        return departures(MAP);
    }

    Departures departures(String map) {
        return exeunt().departures(MapReader.read(map, "exeunt.yaml"));
    }

    /** Every row of the application, by table. */
    Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : List.of("people", "sessions", "guilds", "members", "posts", "likes", "mails")) {
            rows.put(table, database.column("SELECT t::text FROM " + table + " t ORDER BY t::text"));
        }
        return rows;
    }

    List<String> ids(String table, String where) {
        return database.column("SELECT id::text FROM " + table + " WHERE " + where + " ORDER BY id");
    }

    @Override
    public void close() {
        database.close();
    }
}

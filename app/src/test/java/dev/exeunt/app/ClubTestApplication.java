package dev.exeunt.app;

import dev.exeunt.app.command.MapCommand;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Creates an application database with people, clubs and posts, a settable time and the program. */
final class ClubTestApplication implements AutoCloseable {

    static final String SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text, gone_at timestamptz);
            CREATE TABLE clubs (id bigint PRIMARY KEY, name text NOT NULL);
            CREATE TABLE members (club bigint NOT NULL REFERENCES clubs, person bigint NOT NULL REFERENCES people,
                owner boolean NOT NULL, PRIMARY KEY (club, person));
            CREATE INDEX ON members (person);
            CREATE TABLE posts (id bigint PRIMARY KEY, person bigint REFERENCES people, body text, visible boolean NOT NULL DEFAULT true,
                deleted_at timestamptz, created_at timestamptz NOT NULL);
            CREATE INDEX ON posts (person);
            INSERT INTO people VALUES (1, 'anna@x.test', NULL), (2, 'ben@x.test', NULL), (3, 'cem@x.test', NULL);
            INSERT INTO clubs VALUES (1, 'Smiths'), (2, 'Bakers');
            INSERT INTO members VALUES (1, 1, true), (1, 2, true), (2, 3, true);
            INSERT INTO posts VALUES (1, 1, 'one', true, NULL, '2026-01-01'), (2, 1, 'two', true, NULL, '2026-01-02'),
                (3, 2, 'three', true, NULL, '2026-01-03');
            """;

    static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            flows:
              deactivate: { grace: 30d, login-block: 24h }
              delete-account: { grace: 14d, confirm: email }
            tables:
              people:
                scope: account
                erase: { anonymize: { email: "deleted-{key}@erased.invalid" } }
                hide: { set: { gone_at: "{now}", email: "hidden-{key}@erased.invalid" } }
              members: { subject: person, scope: account, erase: delete }
              posts: { subject: person, created: created_at, erase: delete, hide: { set: { deleted_at: "{now}", visible: "false" } } }
            guards:
              last-owner:
                flows: [deactivate, delete-account]
                sql: >-
                  select c.id, c.name from clubs c join members m on m.club = c.id and m.person = :subject and m.owner
                  where not exists (select from members o where o.club = c.id and o.owner and o.person <> :subject
                  and o.person <> all (:leaving))
                message: "You are the only owner of {name}."
                link: "/clubs/{id}/members"
                override: admin
            warnings:
              clubs:
                flows: [deactivate]
                sql: "select c.name from clubs c join members m on m.club = c.id where m.person = :subject"
                message: "{name} will see that you are gone."
            not-personal: { clubs: names of clubs }
            """;

    private final TestDatabase database = TestDatabase.createFrom(SCHEMA);
    private final Path map;

    ClubTestApplication(Path directory) {
        this.map = directory.resolve("exeunt.yaml");
        map(MAP);
        setTime(NOON);
    }

    TestDatabase database() {
        return database;
    }

    void map(String text) {
        try {
            Files.writeString(map, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the time is for whoever connects from now on. */
    void setTime(Instant now) {
        database.execute("ALTER DATABASE \"" + database.databaseName() + "\" SET exeunt.clock = '" + now + "'");
    }

    ProgramRunner program() {
        return keyless().with(MapCommand.KEY_VARIABLE, SECRET);
    }

    ProgramRunner keyless() {
        return ProgramRunner.on(database).with("EXEUNT_MAP", map.toString());
    }

    @Override
    public void close() {
        database.close();
    }
}

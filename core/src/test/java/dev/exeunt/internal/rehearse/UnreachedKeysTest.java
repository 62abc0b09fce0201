package dev.exeunt.internal.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.erase.RehearsalResult.UnreachedPlace;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.testkit.FixApplier;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests what a rehearsal makes of keys that are texts: of people, and of the rows that theirs refer to. */
class UnreachedKeysTest {

    private static final String ANNA = "5d0a3c1e-0000-4000-8000-000000000017";
    private static final String BEN = "5d0a3c1e-0000-4000-8000-000000000018";

    private static final String ALBUMS = """
            CREATE TABLE people (id varchar(36) PRIMARY KEY, email text UNIQUE);
            INSERT INTO people VALUES ('%1$s', 'anna@x.example'), ('%2$s', 'ben@x.example');
            CREATE TABLE albums (id varchar(36) PRIMARY KEY, owner varchar(255) NOT NULL);
            CREATE INDEX ON albums (owner);
            INSERT INTO albums VALUES ('a1a3c1e0-0000-4000-8000-000000000001', '%1$s'), ('b1a3c1e0-0000-4000-8000-000000000002', '%2$s');
            CREATE TABLE tickets (id int PRIMARY KEY, album varchar(36) NOT NULL REFERENCES albums, owner varchar(255), requester varchar(255));
            CREATE INDEX ON tickets (album);
            CREATE INDEX ON tickets (requester);
            INSERT INTO tickets VALUES (1, 'b1a3c1e0-0000-4000-8000-000000000002', '%2$s', '%1$s');
            """.formatted(ANNA, BEN);

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { erase: delete }
            """;

    private static final String ALBUMS_MAPPED = """
              albums: { subject: owner, erase: delete }
              tickets:
                erase: delete
                links:
                  requester: { subject: requester }
                  album: { through: albums, on: album }
            """;

    private static List<UnreachedPlace> places(String things, String map) {
        try (MappedDatabase world = MappedDatabase.of(ALBUMS + things, map)) {
            return world.exeunt()
                    .rehearse(world.map(), List.of(ANNA), 0)
                    .search()
                    .places();
        }
    }

    @Test
    void takesNoKeyOfAnotherPersonOrOfTheirRowForAValueOfThisOne() {
        String things =
                "CREATE TABLE things (x text); INSERT INTO things VALUES ('%s has b1a3c1e0-0000-4000-8000-000000000002')"
                        .formatted(BEN);
        assertThat(places(things, MAP + ALBUMS_MAPPED)).isEmpty();
    }

    @Test
    void findsTheKeyOfARowOfTheirsThatGoes() {
        String things =
                "CREATE TABLE things (x text); INSERT INTO things VALUES ('see a1a3c1e0-0000-4000-8000-000000000001')";
        assertThat(places(things, MAP + ALBUMS_MAPPED))
                .extracting(p -> p.table() + "." + p.column() + " " + p.kind() + " " + p.rows())
                .containsExactly("things.x value 1");
    }

    @Test
    void tellsAKeyOnceAlsoWhereTheMapDeletesRowsThatHoldIt() {
        assertThat(
                        places(
                                "",
                                MAP
                                        + "  albums: { subject: owner, erase: delete }\n  tickets: { through: albums, on: album, erase: delete }"))
                .extracting(p -> p.table() + "." + p.column() + " " + p.kind() + " " + p.rows())
                .containsExactly("tickets.requester key 1");
    }

    @Test
    void takesNoValueForTellingThatManyHoldThoughTheirFirstLinkLeadsNowhere() {
        String things = """
                CREATE TABLE scopes (id varchar(36) PRIMARY KEY);
                INSERT INTO scopes VALUES ('c1a3c1e0-0000-4000-8000-000000000003');
                CREATE TABLE wishes (id int PRIMARY KEY, album varchar(36) REFERENCES albums, requester varchar(255), scope varchar(36) REFERENCES scopes);
                CREATE INDEX ON wishes (album);
                CREATE INDEX ON wishes (requester);
                INSERT INTO wishes SELECT n, null, CASE n WHEN 0 THEN '%s' ELSE 'somebody-else-' || n END, 'c1a3c1e0-0000-4000-8000-000000000003'
                FROM generate_series(0, 3) AS n;
                """.formatted(ANNA);
        String wishes = """
                  wishes:
                    erase: delete
                    links:
                      album: { through: albums, on: album }
                      requester: { subject: requester }
                """;
        assertThat(places(things, MAP + ALBUMS_MAPPED + wishes)).isEmpty();
    }

    @Test
    void suggestsALinkOnlyWhereTheColumnHoldsTheKeyAndNothingElse() {
        String things = """
                CREATE TABLE things (id int PRIMARY KEY, people varchar(255), path varchar(255), holder varchar(255), lender varchar(255));
                INSERT INTO things VALUES (1, '["%1$s"]', 'users/%1$s', '%1$s', null), (2, null, null, '%1$s', '%1$s');
                """.formatted(ANNA);
        String map = MAP + ALBUMS_MAPPED + "not-personal: { things: for the test }";
        List<UnreachedPlace> places = places(things, map);
        assertThat(places)
                .extracting(p -> p.column() + " " + (p.fix().paste() == null ? "words" : "paste"))
                .containsExactly("people words", "path words", "holder paste", "lender paste");

        String pasted = MAP + ALBUMS_MAPPED;
        for (UnreachedPlace place : places) {
            if (place.fix().paste() instanceof SuggestedFix.MapEntries entries) {
                pasted = FixApplier.into(pasted, entries);
            }
        }
        assertThat(places(things, pasted)).as(pasted).isEmpty();
    }

    /** Numbers of two tables are alike: those of an actor are no keys of people. {@code check} names the column. */
    @Test
    void reportsNoNumbersThatAreAnotherTablesByTheirName() {
        String sql = """
                CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE);
                INSERT INTO people VALUES (170017, 'anna@x.example'), (170018, 'ben@x.example');
                CREATE TABLE actor (actor_id bigint PRIMARY KEY, actor_people bigint REFERENCES people);
                CREATE INDEX ON actor (actor_people);
                INSERT INTO actor VALUES (170018, 170017), (170017, 170018);
                CREATE TABLE edits (ed_id int PRIMARY KEY, ed_actor bigint NOT NULL);
                INSERT INTO edits VALUES (1, 170017), (2, 170018);
                """;
        String map = MAP + "  actor: { subject: actor_people, erase: delete }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.exeunt()
                            .rehearse(world.map(), List.of("170017"), 0)
                            .search()
                            .places())
                    .filteredOn(p -> p.column().equals("ed_actor"))
                    .isEmpty();
            assertThat(world.check().findings())
                    .filteredOn(f -> f.what().equals("edits.ed_actor"))
                    .singleElement()
                    .satisfies(f -> assertThat(f.fix().words()).contains("through: actor, on: ed_actor"));
        }
    }
}

package dev.exeunt.internal.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.MapDraft;
import dev.exeunt.testkit.TestDatabase;
import org.junit.jupiter.api.Test;

/** Tests that sampled rows give a draft links that neither a foreign key nor a name tells. */
class SampledDraftTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id uuid PRIMARY KEY, email text UNIQUE);
            INSERT INTO people SELECT md5(i::text)::uuid, 'person' || i || '@example.org' FROM generate_series(1, 40) i;
            CREATE TABLE badges (id int PRIMARY KEY, wearer uuid, colour text);
            INSERT INTO badges SELECT i, md5(i::text)::uuid, 'green' FROM generate_series(1, 40) i;
            CREATE TABLE letters (id int PRIMARY KEY, reachable_at text, words text);
            INSERT INTO letters SELECT i, 'person' || i || '@example.org', 'dear' FROM generate_series(1, 40) i;
            CREATE TABLE events (id int PRIMARY KEY, payload jsonb);
            INSERT INTO events SELECT i, jsonb_build_object('who', md5(i::text)::uuid) FROM generate_series(1, 40) i;
            CREATE TABLE colours (id uuid PRIMARY KEY, name text);
            INSERT INTO colours SELECT md5('c' || i)::uuid, 'colour ' || i FROM generate_series(1, 40) i;
            """;

    @Test
    void valuesGiveADraftItsLinks() {
        try (TestDatabase database = TestDatabase.createFrom(SCHEMA)) {
            Exeunt exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                    .build();
            MapDraft plain = exeunt.draft("people");
            MapDraft sampled = exeunt.draft("people", DataSampling.DEFAULT);

            assertThat(plain.yaml()).doesNotContain("badges", "letters", "payload");
            assertThat(sampled.yaml())
                    .contains("  badges:")
                    .contains("subject: wearer")
                    .contains("  letters:")
                    .contains("on: reachable_at")
                    .contains("events.payload holds keys of people at $.who (40 of 40 different values in the sample)")
                    .doesNotContain("colours", "@example.org");
            assertThat(sampled.summary().inferredLinks())
                    .isEqualTo(plain.summary().inferredLinks() + 2);
            assertThat(sampled.notes()).isEmpty();
        }
    }

    @Test
    void aTableThatMayNotBeReadIsSaid() {
        try (TestDatabase database = TestDatabase.createFrom(SCHEMA)) {
            String password = database.createRole("clerk");
            database.execute("GRANT SELECT ON people, letters, events, colours TO clerk");
            MapDraft sampled = Exeunt.builder(Database.at(database.jdbcUrl(), "clerk", password))
                    .build()
                    .draft("people", DataSampling.DEFAULT);

            assertThat(sampled.yaml()).contains("  letters:").doesNotContain("  badges:");
            assertThat(sampled.notes()).singleElement().asString().contains("badges could not be sampled");
        }
    }
}

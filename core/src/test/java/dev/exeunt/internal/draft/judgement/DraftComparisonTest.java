package dev.exeunt.internal.draft.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.database.Database;
import dev.exeunt.internal.draft.judgement.DraftFault.FaultKind;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the comparison against {@code example.yaml} and maps that have one fault of each kind, or none. */
class DraftComparisonTest {

    private static final String SCHEMA = """
            create table people (id bigint primary key, email text not null unique, nickname text, password_hash text);
            create table teams (id bigint primary key, lead_id bigint references people, name text);
            create table events (id bigint primary key, host_id bigint, name text);
            create table cases (id bigint primary key, about bigint references people, closed_by bigint references people);
            create table case_notes (id bigint primary key, case_id bigint references cases, body text);
            create table documents (id bigint primary key, holder_id bigint, holder_kind text, added_by bigint, title text);
            create table photos (id bigint primary key, shows_id bigint references people, painter_id bigint);
            create table badges (id bigint primary key, holder_id bigint, given_by bigint, event_id bigint references events);
            """;

    private static final String FAULTY = """
            version: 1
            subject: { table: people, key: id, identifiers: [email, nickname] }
            tables:
              people:
                erase: { anonymize: { email: "gone-{key}" }, retain: [nickname, password_hash] }
              cases:
                links:
                  about: { subject: about, erase: undecided, export: none }
                  closed: { subject: closed_by, erase: detach }
              case_notes: { through: cases, role: closed, on: case_id, erase: { keep: notes } }
              documents:
                links:
                  holder: { subject: holder_id, erase: delete }
                  added: { subject: added_by, erase: { detach: true, anonymize: { title: null } } }
              teams: { subject: lead_id, erase: undecided }
              events: { subject: host_id, erase: delete }
              badges:
                links:
                  given: { subject: given_by, erase: delete }
                  strange: { subject: id, erase: delete }
            not-personal: { photos: pictures }
            """;

    private static final String FAULTLESS = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people:
                export: { except: [password_hash] }
                erase: { anonymize: { email: "gone-{key}", nickname: null, password_hash: null } }
              cases:
                links:
                  about: { subject: about, erase: undecided }
                  closed: { subject: closed_by, erase: detach, export: none }
              case_notes: { through: cases, role: about, on: case_id, erase: { keep: notes } }
              documents:
                links:
                  holder: { subject: holder_id, where: "holder_kind = 'person'", erase: delete }
                  added: { subject: added_by, erase: detach }
              photos: { subject: shows_id, erase: delete }
              badges:
                links:
                  holder: { subject: holder_id, erase: delete }
                  given: { subject: given_by, erase: detach }
            not-personal: { teams: groups, events: dates }
            """;

    @Test
    void eachKindOfFaultIsFoundOnce() {
        DraftScore score = compare(FAULTY);

        assertThat(score.faults().stream().map(f -> f.kind() + " " + f.place()))
                .containsExactlyInAnyOrder(
                        "SHARED_IDENTIFIER identifiers/nickname",
                        "SECRET_EXPORTED people.password_hash",
                        "COLUMN_LEFT people/self.nickname",
                        "OTHERS_EXPORTED cases/closed_by",
                        "FOLLOWS_OTHERS case_notes/case_id",
                        "MISSING_CONDITION documents/holder_id",
                        "OTHERS_OVERWRITTEN documents/added_by.title",
                        "NEEDLESS_QUESTION teams/lead_id",
                        "TAKES_OTHERS events/host_id",
                        "HARMFUL_FATE badges/given_by",
                        "ROLE_MISSED badges/holder_id",
                        "UNJUDGED_ROLE badges/id",
                        "TABLE_MISSED photos",
                        "ROLE_MISSED photos/shows_id");
        assertThat(score.figures()).containsEntry("harmful", 6).containsEntry("missed", 2);
        assertThat(score.asked()).isEqualTo(2);
        assertThat(score.drafted()).isEqualTo(9);
        assertThat(score.askedPercent()).isEqualTo(23);
    }

    @Test
    void aMapThatDoesWhatTheJudgementSaysHasNoFault() {
        DraftScore score = compare(FAULTLESS);

        assertThat(score.faults()).isEmpty();
        assertThat(score.found()).isEqualTo(6);
        assertThat(score.right() + score.acceptable()).isEqualTo(9);
    }

    @Test
    void aPoorFateIsCountedAndDoesNoHarm() {
        DraftScore score = compare(FAULTLESS.replace(
                "photos: { subject: shows_id, erase: delete }",
                "photos: { subject: shows_id, erase: { anonymize: { painter_id: null } } }"));

        assertThat(score.faults()).extracting(DraftFault::kind).containsExactly(FaultKind.POOR_FATE);
        assertThat(score.figures()).containsEntry("harmful", 0).containsEntry("poor", 1);
    }

    @Test
    void everyKindOfFaultIsOneThatTheTestsShow() {
        Stream<FaultKind> shown =
                Stream.concat(compare(FAULTY).faults().stream().map(DraftFault::kind), Stream.of(FaultKind.POOR_FATE));

        assertThat(shown).contains(FaultKind.values());
    }

    private static DraftScore compare(String map) {
        DatabaseSchema schema = schema();
        return DraftComparison.compare(JudgementReader.read("example"), DraftedTables.read(schema, map));
    }

    private static DatabaseSchema schema() {
        try (TestDatabase database = TestDatabase.createFrom(SCHEMA);
                Connection connection = Database.at(database.jdbcUrl(), database.user(), database.password())
                        .connect()) {
            return SchemaReader.read(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

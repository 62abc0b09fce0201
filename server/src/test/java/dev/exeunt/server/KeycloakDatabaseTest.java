package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.RehearsalResult.UnreachedPlace;
import dev.exeunt.erase.Residue;
import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.testkit.FixApplier;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests maps of the database of a real Keycloak, whose people were made by its own API, while it runs. */
@Timeout(600)
class KeycloakDatabaseTest {

    /** Rounds of pasting after which a map that still has errors has them for good. */
    private static final int ROUNDS = 30;

    /** So many of the people are there whatever other tests do, or are the two who leave. */
    private static final int LAST = 9;

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static Keycloak keycloak;
    private static KeycloakPeople people;

    @BeforeAll
    static void fill() throws Exception {
        TestSkip.unless(
                Boolean.getBoolean("exeunt.field"),
                "it needs a Keycloak of 150 MB, which ./test --field takes from Maven Central");
        database = TestDatabase.create();
        keycloak = Keycloak.startOn(database, folder);
        people = KeycloakPeople.fill(keycloak);
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
        if (database != null) {
            database.close();
        }
    }

    private static Exeunt exeunt() {
        return Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .build();
    }

    private static String map(String name) throws IOException {
        try (var file = Objects.requireNonNull(KeycloakDatabaseTest.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static RehearsalResult rehearse(String map, String person) {
        RehearsalResult result = exeunt().rehearse(Exeunt.readMap(map, "exeunt.yaml"), List.of(people.id(person)), 0);
        assertThat(result.failed()).as(result.subjects().toString()).isZero();
        return result;
    }

    private static List<String> unreached(RehearsalResult result) {
        return result.search().places().stream()
                .filter(p -> p.left() > 0 && p.accepted() == null)
                .map(p -> p.table() + "." + p.column() + " " + p.kind())
                .toList();
    }

    private static CheckResult check(String map) {
        return exeunt().check(Exeunt.readMap(map, "exeunt.yaml"));
    }

    @Test
    void theDraftProposesWhatWasJudged() throws Exception {
        new DraftedMapTrial(exeunt(), database, people).proposesWhatWasJudged();
    }

    @Test
    void theAnsweredDraftErasesOneOfTwoAlikeAndTheServerGoesOn() throws Exception {
        new DraftedMapTrial(exeunt(), database, people)
                .erasesOneOfTwoAlike(KeycloakPeople.LEAVERS_BY_DRAFT.get(0), KeycloakPeople.LEAVERS_BY_DRAFT.get(1));

        isHealthy(KeycloakPeople.NAMES.subList(LAST + 1, KeycloakPeople.NAMES.size()), KeycloakPeople.LEAVERS_BY_DRAFT);
    }

    /** All lists of the admin API answer, and of these people those sign in who have not left. */
    private static void isHealthy(List<String> names, List<String> gone) throws Exception {
        people.clearCaches();
        assertThat(new KeycloakHealth(people.api()).failures()).isEmpty();
        for (String name : names) {
            assertThat(people.signIn(name)).as(name).isEqualTo(gone.contains(name) ? 401 : 200);
        }
    }

    @Test
    void rehearseNamesWhatAMapByForeignKeysAndUserIdsDoesNotReach() throws Exception {
        List<UnreachedPlace> places =
                rehearse(map("keycloak-gaps.yaml"), "clothilde").search().places();
        assertThat(places)
                .extracting(p -> p.table() + "." + p.column() + " " + p.kind())
                .containsExactly(
                        "admin_event_entity.resource_path key",
                        "admin_event_entity.representation key",
                        "admin_event_entity.representation identifier",
                        "admin_event_entity.representation value",
                        "event_entity.session_id value",
                        "event_entity.user_id key",
                        "event_entity.details_json_long_value identifier",
                        "event_entity.details_json_long_value value",
                        "offline_client_session.user_session_id value",
                        "policy_config.value key",
                        "resource_server_perm_ticket.owner key",
                        "resource_server_perm_ticket.requester key",
                        "resource_server_policy.owner key",
                        "resource_server_resource.name identifier",
                        "resource_server_resource.owner key");
        for (UnreachedPlace place : places) {
            long rows = rows(place, "clothilde");
            assertThat(place.left()).isEqualTo(place.rows());
            assertThat(place.rows())
                    .as(place.table() + "." + place.column() + " " + place.kind())
                    .isBetween(place.kind().equals("key") ? rows : 1, rows);
        }
    }

    /** Counts the rows that hold the person's id where a key was found; else those that hold any of the person's own texts. */
    private static long rows(UnreachedPlace place, String person) {
        String id = people.id(person);
        String sessions =
                "(SELECT string_agg(user_session_id, '|') FROM offline_user_session WHERE user_id = '" + id + "')";
        String pattern = place.kind().equals("key") ? "'" + id + "'" : "'" + id + "|" + person + "|' || " + sessions;
        return Long.parseLong(database.scalar("SELECT count(*) FROM " + SqlQuoting.identifier(place.table()) + " WHERE "
                + SqlQuoting.identifier(place.column()) + " ~ (" + pattern + ")"));
    }

    @Test
    void pastingWhatIsPrintedAndAcceptingTheRestLeavesNothingUnreached() throws Exception {
        String gaps = map("keycloak-gaps.yaml");
        String map = gaps.replace("  event_entity: not known to hold people\n", "");
        for (UnreachedPlace place : rehearse(gaps, "clothilde").search().places()) {
            if (place.fix().paste() instanceof SuggestedFix.MapEntries entries) {
                map = FixApplier.into(map, entries);
            }
        }
        for (int round = 0; round < ROUNDS && !check(map).errors().isEmpty(); round++) {
            map = FixApplier.into(map, check(map).errors().get(0));
        }
        assertThat(check(map).errors()).as(map).isEmpty();
        List<UnreachedPlace> rest = rehearse(map, "clothilde").search().places();
        assertThat(rest)
                .extracting(p -> p.table() + "." + p.column() + " " + p.kind())
                .as("what no link by the key reaches: documents and paths, rows of rows, and policies of others")
                .containsExactly(
                        "admin_event_entity.resource_path key",
                        "admin_event_entity.resource_path value",
                        "admin_event_entity.representation key",
                        "admin_event_entity.representation identifier",
                        "admin_event_entity.representation value",
                        "offline_client_session.user_session_id value",
                        "policy_config.value key");
        for (String column :
                rest.stream().map(p -> p.table() + "." + p.column()).distinct().toList()) {
            map = FixApplier.into(
                    map, new SuggestedFix.MapEntries(List.of("accept", "unreached-data"), column + ": for the test"));
        }
        assertThat(rehearse(map, "clothilde").unreached()).isZero();
    }

    @Test
    void theWholeMapReachesEverythingButWhatItAccepts() throws Exception {
        String map = map("keycloak.yaml");
        assertThat(check(map).errors()).isEmpty();
        assertThat(unreached(rehearse(map, "clothilde"))).isEmpty();
    }

    @Test
    void erasingLeavesLessThanKeycloaksOwnDeletionAndTheServerGoesOn() throws Exception {
        String erased = KeycloakPeople.LEAVERS.get(0);
        String deleted = KeycloakPeople.LEAVERS.get(1);
        DataMap map = Exeunt.readMap(map("keycloak.yaml"), "keycloak.yaml");
        PersonFootprint first = PersonFootprint.of(database, people.id(erased), erased);
        PersonFootprint second = PersonFootprint.of(database, people.id(deleted), deleted);
        Map<String, List<String>> before = database.snapshot();
        assertThat(first.rows(before)).as("two alike").isEqualTo(second.rows(before));

        exeunt().erase(map, List.of(people.id(erased)), receipt -> {});
        Map<String, List<String>> without = database.snapshot();
        assertThat(MappedDatabase.changes(before, without))
                .as("only rows that say something of the person are gone, and none is changed")
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change)
                        .startsWith("- ")
                        .satisfies(c -> assertThat(first.isIn(c)).isTrue()));
        Residue left = exeunt().verify(map, List.of(people.id(erased)), List.of(erased, erased + "@home.test"));
        assertThat(left.places()).extracting(ResiduePlace::table).containsOnly("admin_event_entity");
        assertThat(left.verdict()).as(left.toString()).isEqualTo(Residue.ResidueVerdict.NOTHING_LEFT);

        people.deleteByKeycloak(deleted);
        Map<String, List<String>> with = database.snapshot();
        assertThat(LeftRowsTable.lines(first.rows(before), first.rows(without), second.rows(with)))
                .isEqualTo(LeftRowsTable.linesOf(Path.of("../docs/field/keycloak.md")));

        isHealthy(KeycloakPeople.NAMES.subList(0, LAST), KeycloakPeople.LEAVERS);
    }

    @Test
    void whatKeycloaksCacheWritesAfterAnErasureGoesByTheKeyAlone() throws Exception {
        String name = KeycloakPeople.NAMES.get(LAST);
        DataMap map = Exeunt.readMap(map("keycloak.yaml"), "keycloak.yaml");
        List<String> key = List.of(people.id(name));
        assertThat(people.signIn(name)).isEqualTo(200);
        exeunt().erase(map, key, receipt -> {});
        assertThat(people.signIn(name)).as("by the cache").isEqualTo(200);
        people.clearCaches();

        assertThat(exeunt().verify(map, key, List.of()).places())
                .filteredOn(place -> place.kept() == null)
                .extracting(ResiduePlace::table)
                .contains("event_entity", "offline_user_session");
        exeunt().erase(map, key, receipt -> {});
        assertThat(exeunt().verify(map, key, List.of()).verdict()).isEqualTo(Residue.ResidueVerdict.NOTHING_LEFT);
        assertThat(people.signIn(name)).isEqualTo(401);
    }
}

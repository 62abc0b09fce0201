package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.erase.RehearsalResult.UnreachedPlace;
import dev.exeunt.erase.Residue;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.Finding;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tries the map that {@code init} drafts of Keycloak's database: its proposals, its way to a clean check, and an erasure by it. */
record DraftedMapTrial(Exeunt exeunt, TestDatabase database, KeycloakPeople people) {

    private static final Path PAGE = Path.of("../docs/field/keycloak.md");

    /** What a privacy officer decides: events go with the person, but for those of administrators, which are evidence. */
    private static final Map<String, String> ANSWERS = Map.of(
            "admin_event_entity.link", "detach",
            "event_entity.link", "delete",
            "resource_server_policy.link", "delete",
            "username_login_failure.link", "delete");

    /** Copies in documents and paths, where no link reads them. */
    private static final List<String> ACCEPTED =
            List.of("admin_event_entity.representation", "admin_event_entity.resource_path", "policy_config.value");

    private String draft() {
        return exeunt.draft("user_entity", DataSampling.DEFAULT).yaml();
    }

    /** Compares each proposal with the page, where a person has judged it. */
    void proposesWhatWasJudged() throws IOException {
        List<String> proposals = MapReader.read(draft(), "exeunt.yaml").tables().stream()
                .flatMap(t -> t.roles().stream().map(r -> proposal(t.table().name(), r)))
                .sorted()
                .toList();
        assertThat(proposals)
                .isEqualTo(page("\\| `[\\w.-]+` \\| (delete|undecided|detach|anonymize|keep) \\|.*").stream()
                        .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 2) + 1) + 1))
                        .sorted()
                        .toList());
    }

    private static String proposal(String table, Role role) {
        boolean only = role.name().equals(Role.ONLY) || role.name().equals(Role.SELF);
        return "| `" + table + (only ? "" : "." + role.name()) + "` | "
                + role.fate().outcome().word() + " |";
    }

    /** Answers the draft's questions, pastes what is printed, and erases one of two alike; Keycloak deletes the other. */
    void erasesOneOfTwoAlike(String erased, String deleted) throws Exception {
        DataMap map = completed();
        PersonFootprint first = PersonFootprint.of(database, people.id(erased), erased);
        PersonFootprint second = PersonFootprint.of(database, people.id(deleted), deleted);
        Map<String, List<String>> before = database.snapshot();
        assertThat(first.rows(before)).as("two alike").isEqualTo(second.rows(before));

        exeunt.erase(map, List.of(people.id(erased)), receipt -> {});
        Map<String, List<String>> without = database.snapshot();
        assertThat(MappedDatabase.changes(before, without))
                .as("no row of others is gone or changed")
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change)
                        .startsWith("- ")
                        .satisfies(c -> assertThat(first.isIn(c)).isTrue()));
        Residue left = exeunt.verify(map, List.of(people.id(erased)), List.of(erased, erased + "@home.test"));
        assertThat(left.verdict()).as(left.toString()).isEqualTo(Residue.ResidueVerdict.NOTHING_LEFT);

        people.deleteByKeycloak(deleted);
        Map<String, Long> byKeycloak = second.rows(database.snapshot());
        assertThat(first.rows(without).entrySet().stream()
                        .map(e -> "| `" + e.getKey() + "` | " + e.getValue() + " | "
                                + byKeycloak.getOrDefault(e.getKey(), 0L) + " |"))
                .isEqualTo(page("\\| `\\w+` \\|( \\d+ \\|){2}"));
    }

    private DataMap completed() {
        FollowedDraft answered = new FollowedDraft(exeunt, database::execute, draft(), ANSWERS);
        List<Finding> left = answered.follow();
        assertThat(answered.asked()).containsExactlyInAnyOrderElementsOf(ANSWERS.keySet());
        assertThat(left)
                .extracting(f -> f.code().word() + " " + f.what())
                .as("only warnings, which have nothing to paste")
                .containsExactlyInAnyOrder(
                        "points-away resource_server_scope",
                        "hidden-reference broker_link.broker_user_id",
                        "hidden-reference federated_identity.federated_user_id");
        List<UnreachedPlace> places = answered.reach(people.id("clothilde"));
        assertThat(places).extracting(p -> p.table() + "." + p.column()).containsOnly(ACCEPTED.toArray(String[]::new));
        assertThat(answered.follow()).filteredOn(Finding::isError).isEmpty();
        ACCEPTED.forEach(answered::accept);
        return answered.map();
    }

    private static List<String> page(String lines) throws IOException {
        return Files.readString(PAGE).lines().filter(l -> l.matches(lines)).toList();
    }
}

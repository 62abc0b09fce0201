package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that each offered flow is checked and has a plan of its own. */
class FlowPlansTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text);
            CREATE TABLE posts (id int, person bigint REFERENCES people, created_at timestamptz, body text, PRIMARY KEY (person, id));
            CREATE TABLE pins (person bigint REFERENCES people, post int, PRIMARY KEY (person, post),
                FOREIGN KEY (person, post) REFERENCES posts);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            flows: { delete-data: { grace: 30d }, delete-account: { confirm: email } }
            tables:
              people: { erase: delete }
              posts: { subject: person, created: created_at, erase: delete }
              pins: { subject: person, created: pinned, erase: delete }
            """;

    private static final String PINS = "ALTER TABLE pins ADD pinned timestamptz;";

    @Test
    void aMapThatOffersNoFlowHasThePlanForDeletingTheAccountAndOneThatDoesHasTheirs() {
        String bare = MAP.replaceFirst("flows: .*\n", "");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, bare);
                MappedDatabase offering = MappedDatabase.of(SCHEMA + PINS, MAP)) {
            assertThat(world.check().flows()).containsOnlyKeys(AccountFlow.DELETE_ACCOUNT);
            MapCheckResult checked = offering.check();
            assertThat(checked.findings()).isEmpty();
            assertThat(checked.flows()).containsOnlyKeys(AccountFlow.DELETE_DATA, AccountFlow.DELETE_ACCOUNT);
            assertThat(checked.planOrThrow()).isSameAs(checked.plan());
            assertThat(deleted(checked.plan(AccountFlow.DELETE_ACCOUNT).orElseThrow()))
                    .containsExactly("pins", "posts", "people");
            assertThat(deleted(checked.plan(AccountFlow.DELETE_DATA).orElseThrow()))
                    .containsExactly("pins", "posts");
            assertThat(checked.planOrThrow().digest())
                    .isEqualTo(world.check().planOrThrow().digest());
        }
    }

    private static List<String> deleted(Plan plan) {
        return plan.steps().stream()
                .map(s -> ((PlanStep.DeleteStep) s).tables().get(0).name().name())
                .toList();
    }

    @Test
    void whatTheAccountKeepsMayNotReferToDataThatGoes() {
        String map = MAP.replace("pins: { ", "pins: { scope: account, ");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, map)) {
            List<Finding> errors = world.check().errors();
            assertThat(errors).singleElement().satisfies(f -> {
                assertThat(f.code()).isEqualTo(FindingCode.BLOCKS);
                assertThat(f.what()).isEqualTo("pins.person, post");
                assertThat(f.message())
                        .startsWith("under delete-data, deleting posts.link would fail")
                        .contains("they are left alone (pins.link)");
            });
            assertThat(world.check().flows()).isEmpty();
        }
    }

    @Test
    void rowsThatAFlowLeavesAloneNeedNoRuleForTheirColumns() {
        String map = MAP.replace("people: { erase: delete }", "people: { erase: { anonymize: { email: null } } }");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, map)) {
            assertThat(world.findings()).isEmpty();
            Plan data = world.check().plan(AccountFlow.DELETE_DATA).orElseThrow();
            assertThat(data.map().flow()).isEqualTo(AccountFlow.DELETE_DATA);
            assertThat(data.role(data.self()).orElseThrow().writes()).isFalse();
        }
    }

    @Test
    void aFindingOfOneFlowSaysOfWhichAndOneOfAllDoesNot() {
        String map = MAP.replace(
                "created: created_at, erase: delete",
                "created: created_at, erase: { flows: { delete-account: delete, delete-data: { keep: why } } }");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, map)) {
            assertThat(world.check().findings())
                    .extracting(Finding::message)
                    .anyMatch(m -> m.startsWith("under delete-data, rows of posts.link outlive the erasure"))
                    .allMatch(m -> m.startsWith("under delete-data, "));
        }
        String silent = MAP.replace("created: created_at, erase: delete", "created: created_at");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, silent)) {
            assertThat(world.findings()).contains("no-fate posts.link");
            assertThat(world.check().findings())
                    .filteredOn(f -> f.code() == FindingCode.NO_FATE)
                    .singleElement()
                    .satisfies(f -> assertThat(f.message()).startsWith("the map does not say"));
        }
    }

    @Test
    void aFateThatIsSaidForOneFlowOnlyIsSilenceForTheOthers() {
        String map =
                MAP.replace("created_at, erase: delete", "created_at, erase: { flows: { delete-account: delete } }");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, map)) {
            assertThat(world.check().errors())
                    .filteredOn(f -> f.code() == FindingCode.NO_FATE)
                    .singleElement()
                    .satisfies(f -> assertThat(f.message()).startsWith("under delete-data, the map does not say"));
        }
    }

    @Test
    void theRightsThatARoleNeedsAreThoseOfEveryFlow() {
        String map = MAP.replace(
                "created: created_at, erase: delete",
                "created: created_at, erase: { flows: { delete-data: delete, delete-account: { keep: why } } }");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, map)) {
            assertThat(world.exeunt().grants(world.map(), "clerk"))
                    .anyMatch(g -> g.equals("GRANT SELECT, UPDATE, DELETE ON \"public\".\"posts\" TO \"clerk\";"));
        }
    }

    @Test
    void theIdentifierToConfirmWithMustBeOneOfTheSubjects() {
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, MAP.replace("confirm: email", "confirm: emial"))) {
            assertThat(world.findings()).containsExactly("unknown-name emial");
        }
    }

    @Test
    void withoutAWayToTellOldRowsFromNewOnesDeletingDataIsRefused() {
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, MAP.replace("created: pinned, ", ""))) {
            assertThat(world.findings()).containsExactly("no-watermark pins.link");
            assertThat(world.check().errors().get(0).message()).startsWith("under delete-data, nothing tells the rows");
        }
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + "ALTER TABLE pins ADD pinned date;", MAP)) {
            assertThat(world.findings()).containsExactly("no-watermark pins.link");
            assertThat(world.check().errors().get(0).message()).contains("pins.pinned is date");
        }
    }

    /** Verification, replay and the erasure compare it with a time, so that nothing but a time will do, whatever the flow. */
    @Test
    void aCreationColumnThatHoldsNoTimeIsRefusedInEveryFlow() {
        String map = MAP.replace("created: pinned, ", "created: pinned, hide: stash, ");
        for (String type : List.of("integer", "text", "time")) {
            try (MappedDatabase world =
                    MappedDatabase.of(SCHEMA + "ALTER TABLE pins ADD pinned " + type + ", ADD seen_on date;", map)) {
                assertThat(world.findings()).as(type).containsExactly("no-watermark pins.pinned");
                Finding refused = world.check().errors().get(0);
                assertThat(refused.message()).startsWith("created: names a column of type " + type);
                assertThat(refused.fix().words())
                        .isEqualTo("name the column with the time of creation, one of: seen_on; or take the word out");
            }
        }
        String bare = MAP.replaceFirst("flows: .*\n", "");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + "ALTER TABLE pins ADD pinned integer;", bare)) {
            assertThat(world.findings()).as("delete-account alone").containsExactly("no-watermark pins.pinned");
            assertThat(world.check().errors().get(0).fix().words())
                    .isEqualTo("take the word out: pins has no column of type date or timestamp");
        }
        String subject = MAP.replace("key: id, ", "key: id, created: email, ");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, subject)) {
            assertThat(world.findings()).containsExactly("no-watermark people.email");
        }
    }

    @Test
    void markingMovingRemovingOrErasingAtOnceTellsThemApartToo() {
        String unmarked = MAP.replace("created: pinned, ", "");
        for (String hide : List.of("stash", "delete", "{ set: { pinned: \"{now}\" } }")) {
            String map = unmarked.replace("pins: { ", "pins: { hide: " + hide + ", ");
            try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, map)) {
                assertThat(world.findings()).as(hide).isEmpty();
            }
        }
        String other = unmarked.replace("pins: { ", "pins: { hide: { set: { pinned: null } }, ");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, other)) {
            assertThat(world.findings()).containsExactly("no-watermark pins.link");
        }
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, unmarked.replace("grace: 30d", "grace: none"))) {
            assertThat(world.findings()).isEmpty();
        }
    }

    @Test
    void aMarkerThatIsADateOrMayNotBeEmptyDoesNotTellThemApart() {
        String map = MAP.replace("created: pinned, ", "hide: { set: { pinned: \"{now}\" } }, ");
        for (String column : List.of("date", "timestamptz NOT NULL")) {
            try (MappedDatabase world =
                    MappedDatabase.of(SCHEMA + "ALTER TABLE pins ADD pinned " + column + ";", map)) {
                assertThat(world.findings()).as(column).containsExactly("no-watermark pins.link");
            }
        }
    }

    @Test
    void aTimestampIsPreferredToADateAsWatermark() {
        String schema = SCHEMA + "ALTER TABLE pins ADD pinned date, ADD gone_on date, ADD gone_at timestamp;";
        String map = MAP.replace(
                "created: pinned, ", "created: pinned, hide: { set: { gone_on: \"{now}\", gone_at: \"{now}\" } }, ");
        try (MappedDatabase world = MappedDatabase.of(schema, map)) {
            assertThat(world.findings()).isEmpty();
            assertThat(world.check().plan(AccountFlow.DELETE_DATA).orElseThrow().roles())
                    .filteredOn(role -> role.table().name().name().equals("pins"))
                    .singleElement()
                    .satisfies(role -> assertThat(role.hiding()
                                    .watermark()
                                    .orElseThrow()
                                    .column()
                                    .name())
                            .isEqualTo("gone_at"));
        }
    }

    @Test
    void aGracePeriodOverAMonthIsAWarningThatMayBeAccepted() {
        String map = MAP.replace("grace: 30d", "grace: 31d");
        try (MappedDatabase world = MappedDatabase.of(SCHEMA + PINS, map);
                MappedDatabase accepted = MappedDatabase.of(
                        SCHEMA + PINS, map + "accept: { grace-too-long: { delete-data: extended under article 12 } }");
                MappedDatabase hours = MappedDatabase.of(SCHEMA + PINS, MAP.replace("grace: 30d", "grace: 720h"))) {
            assertThat(world.findings()).containsExactly("grace-too-long delete-data");
            assertThat(world.check().flows()).hasSize(2);
            assertThat(accepted.findings()).isEmpty();
            assertThat(hours.findings()).isEmpty();
        }
    }
}

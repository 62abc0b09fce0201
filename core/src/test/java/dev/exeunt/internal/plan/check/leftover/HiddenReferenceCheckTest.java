package dev.exeunt.internal.plan.check.leftover;

import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.about;
import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.check;
import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.map;
import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.of;
import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.sql;
import static dev.exeunt.map.FindingCode.HIDDEN_REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which columns are said to refer to a person by their name only. */
class HiddenReferenceCheckTest {

    private static final String NOTES = "  notes: { subject: p, erase: delete }\n";

    private static String notes(String column) {
        return "CREATE TABLE notes (id int PRIMARY KEY, p bigint REFERENCES people, " + column
                + "); CREATE INDEX ON notes (p);";
    }

    private static List<String> inNotes(String column) {
        return about(HIDDEN_REFERENCE, notes(column), NOTES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_id bigint",
                "owner int",
                "owner text",
                "requester numeric",
                "author varchar(40)",
                "actor jsonb",
                "whodunnit text",
                "created_by bigint",
                "locked_by text",
                "member_ids bigint[]",
                "user_ids text[]",
                "author_email text",
                "email text",
                "\"approvedBy\" int",
                "person_people_id bigint",
                "members jsonb"
            })
    void aNameOfAReferenceInAMappedTable(String column) {
        assertThat(of(HIDDEN_REFERENCE, notes(column), NOTES)).singleElement().satisfies(f -> {
            assertThat(f.isError()).isFalse();
            assertThat(f.what()).isEqualTo("notes." + column.split(" ")[0].replace("\"", ""));
            assertThat(f.at().toString()).isEqualTo("exeunt.yaml:5:3");
            assertThat(f.message()).contains("without a foreign key");
            assertThat(f.fix().toString()).contains("accept: { hidden-reference: { " + f.what());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p2 bigint",
                "title text",
                "order_by text",
                "members int",
                "max_users bigint",
                "is_owner boolean",
                "created_by timestamptz",
                "owner uuid",
                "stripe_customer_id text",
                "actor char(1)",
                "user_agent text",
                "created_by bigint REFERENCES people",
                "owner int GENERATED ALWAYS AS (7) STORED"
            })
    void whatMeansSomethingElseIsNone(String column) {
        assertThat(inNotes(column)).isEmpty();
    }

    @Test
    void theTypeMustHoldTheKeyOrAnIdentifier() {
        String uuids = "version: 1\nsubject: { table: accounts, key: id }\ntables:\n  accounts: { erase: delete }\n"
                + "  notes: { subject: p, erase: delete }\n";
        String sql = "CREATE TABLE accounts (id uuid PRIMARY KEY); CREATE TABLE notes (p uuid REFERENCES accounts,"
                + " created_by uuid, locked_by bigint, author_email text);";
        assertThat(check(sql, uuids).findings())
                .filteredOn(f -> f.code() == HIDDEN_REFERENCE)
                .extracting(Finding::what)
                .containsExactly("notes.created_by");
    }

    @Test
    void aRowOfAnotherTableOrOfAnotherKindIsNone() {
        assertThat(about(HIDDEN_REFERENCE, notes("member_id int") + "CREATE TABLE members (id int);", NOTES))
                .isEmpty();
        String kinds = "CREATE TYPE kind AS ENUM ('node', 'way');" + notes("member_id int, member_type kind");
        assertThat(about(HIDDEN_REFERENCE, kinds, NOTES)).isEmpty();
        assertThat(of(HIDDEN_REFERENCE, kinds.replace("'way'", "'user'"), NOTES))
                .singleElement()
                .satisfies(f -> assertThat(f.fix().words()).contains("where: \"member_type = '…'\""));
    }

    @Test
    void whatTheMapMentionsIsNone() {
        assertThat(
                        about(
                                HIDDEN_REFERENCE,
                                notes("created_by bigint"),
                                "  notes: { links: { a: { subject: p, erase: delete }, b: { subject: created_by, erase: detach } } }\n"))
                .isEmpty();
        assertThat(about(
                        HIDDEN_REFERENCE,
                        notes("created_by bigint"),
                        "  notes: { subject: p, erase: { detach: true, retain: [created_by] } }\n"))
                .isEmpty();
        assertThat(about(
                        HIDDEN_REFERENCE,
                        notes("created_by bigint"),
                        "  notes: { subject: p, erase: { anonymize: { created_by: null } } }\n"))
                .isEmpty();
        assertThat(about(HIDDEN_REFERENCE, "CREATE TABLE jobs (locked_by text);", "not-personal: { jobs: a queue }\n"))
                .isEmpty();
    }

    @Test
    void aColumnOfAnUnmappedTable() {
        assertThat(of(HIDDEN_REFERENCE, "CREATE TABLE rooms (id int PRIMARY KEY, member_ids bigint[]);", ""))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.at().toString()).isEqualTo("exeunt.yaml:2:19");
                    assertThat(f.fix().words()).contains("no link reads a column of the type bigint[]", "not-personal");
                });
    }

    @Test
    void nothingIsSaidTwice() {
        String sql = "CREATE TABLE carts (id int PRIMARY KEY, user_id bigint, created_by bigint);";
        assertThat(about(HIDDEN_REFERENCE, sql, "")).isEmpty();
        assertThat(about(FindingCode.UNMAPPED_TABLE, sql, "")).containsExactly("carts");

        String kept = "  notes: { subject: p, erase: detach }\n";
        assertThat(about(HIDDEN_REFERENCE, notes("owner text"), kept)).isEmpty();
        assertThat(about(FindingCode.UNNAMED_COLUMN, notes("owner text"), kept)).containsExactly("notes.owner");
    }

    @Test
    void thePersonsOwnRowMayReferToAnotherPerson() {
        assertThat(about(
                        HIDDEN_REFERENCE,
                        "ALTER TABLE people ADD invited_by bigint, ADD people_no int, ADD second_email text;",
                        ""))
                .containsExactly("people.invited_by");
    }

    @Test
    void anInheritingTableHasTheLinksOfTheOneAbove() {
        String below = "CREATE TABLE below (created_by bigint) INHERITS (notes);";
        String links =
                "  notes: { links: { a: { subject: p, erase: delete }, b: { subject: owner, erase: delete } } }\n";
        assertThat(about(HIDDEN_REFERENCE, notes("owner bigint") + below, links))
                .containsExactly("below.created_by");
    }

    @Test
    void theLinkToPasteLetsGoAndExportsNothing() {
        Finding found = of(HIDDEN_REFERENCE, notes("created_by bigint"), NOTES).get(0);
        assertThat(found.fix().paste())
                .extracting(SuggestedFix.Snippet::text)
                .asString()
                .contains("created_by: { subject: created_by, erase: detach, export: none }");
        assertThat(of(HIDDEN_REFERENCE, notes("created_by bigint NOT NULL"), NOTES)
                        .get(0)
                        .fix()
                        .paste())
                .isNull();
        assertThat(check(sql(notes("created_by bigint")), map(NOTES)).errors()).isEmpty();
    }

    private static final String ACTORS = "CREATE TABLE actor (actor_id bigint PRIMARY KEY, actor_people bigint"
            + " REFERENCES people); CREATE INDEX ON actor (actor_people);";
    private static final String ACTOR = "  actor: { subject: actor_people, erase: { detach: true } }\n";

    @Test
    void aColumnNamedAfterAnotherTableIsLinkedThroughThatTable() {
        Finding mapped = of(HIDDEN_REFERENCE, ACTORS + notes("nt_actor bigint"), NOTES + ACTOR)
                .get(0);
        assertThat(mapped.what()).isEqualTo("notes.nt_actor");
        assertThat(mapped.fix().paste())
                .extracting(SuggestedFix.Snippet::text)
                .asString()
                .contains("nt_actor: { through: actor, on: nt_actor, erase: detach, export: none }");

        Finding unmapped = of(HIDDEN_REFERENCE, ACTORS + "CREATE TABLE edits (ed_actor bigint);", "")
                .get(0);
        assertThat(unmapped.what()).isEqualTo("edits.ed_actor");
        assertThat(unmapped.fix().paste()).isNull();
        assertThat(unmapped.fix().words())
                .contains("once the map says whose the rows of actor are, a link { through: actor, on: ed_actor")
                .doesNotContain("subject:");
    }

    @Test
    void aColumnThatCannotHoldTheKeyOfItsNamesakeIsLinkedToThePerson() {
        String actors = "CREATE TABLE actor (id uuid PRIMARY KEY);";
        assertThat(of(HIDDEN_REFERENCE, actors + notes("actor bigint"), NOTES)
                        .get(0)
                        .fix()
                        .paste())
                .extracting(SuggestedFix.Snippet::text)
                .asString()
                .contains("subject: actor");
    }

    @Test
    void aKeyOfUsersIsNotComparedWithPeopleWhereATableOfUsersStandsBesideThem() {
        Finding found = of(
                        FindingCode.UNMAPPED_TABLE,
                        "CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE carts (id int PRIMARY KEY, user_id bigint);",
                        "")
                .get(0);
        assertThat(found.what()).isEqualTo("carts");
        assertThat(found.fix().paste()).isNull();
        assertThat(found.fix().words()).contains("through: users, on: user_id").doesNotContain("subject:");
    }

    @Test
    void aTypeBesideItCountsWithoutThePrefixOfTheTable() {
        Finding found = of(
                        HIDDEN_REFERENCE,
                        "CREATE TABLE logging (log_id int PRIMARY KEY, log_user int, log_type text);",
                        "")
                .get(0);
        assertThat(found.what()).isEqualTo("logging.log_user");
        assertThat(found.fix().words()).contains("a link { subject: log_user, erase: … }");
        assertThat(of(
                                HIDDEN_REFERENCE,
                                "CREATE TABLE logging (log_id int PRIMARY KEY, log_user int, log_user_type text);",
                                "")
                        .get(0)
                        .fix()
                        .words())
                .contains("where: \"log_user_type = '…'\"");
    }

    @Test
    void aNumberCalledAfterAnAddressIsAFlag() {
        assertThat(inNotes("block_email smallint")).isEmpty();
        assertThat(inNotes("block_email text")).containsExactly("notes.block_email");
    }
}

package dev.exeunt.internal.map.read;

import static dev.exeunt.internal.map.read.MapReaderTest.role;
import static dev.exeunt.internal.map.read.MapReaderTest.table;
import static dev.exeunt.internal.map.read.MapReaderTest.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.exeunt.internal.map.ExportRule;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.HideRule;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.RoleLifecycle;
import dev.exeunt.internal.map.RoleLifecycle.DeletionScope;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.TimeSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of rows flow by flow, and while their person is away. */
public class MapLifecycleTest {

    public static final String LIVES = """
            version: 1
            subject: { table: users, key: id }
            flows: { delete-data: , deactivate: { grace: none }, delete-account: { grace: 90d } }
            export: { limit: 2 per 36h, link: 2h, keep: 3d }
            tables:
              users:
                hide: { set: { deleted_at: "{now}", due_at: "{due}", back: "{blocked-until}", n: { sql: "n + 1" } } }
                erase:
                  flows:
                    delete-account: delete
                    deactivate: { anonymize: { email: null } }
              comments:
                subject: user_id
                created: created_at
                new-rows: refuse
                hide: { flows: { delete-data: { set: { body: "" } }, delete-account: stash } }
                reads: shown
                erase: { flows: { delete-data: { keep: { reason: r, for: 6y, then: delete } }, delete-account: delete } }
                export: { except: [ip], with: { orgs: { on: org_id, columns: [slug, name] }, app.x: { on: [a, b], columns: [c] } } }
              sessions: { scope: account, subject: user_id, hide: delete, erase: delete }
              likes:
                scope: account
                hide: stash
                erase: delete
                created: at
                links:
                  giver: { subject: giver_id, scope: data, new-rows: refuse, created: given_at }
                  taker: { subject: taker_id, reads: shown, hide: delete }
            """;

    private final MapDefinition lives = MapReader.read(LIVES, "lives.yaml");

    @Test
    void aFlowWithoutGraceHasNone() {
        assertThat(lives.lifecycle().offer(AccountFlow.DEACTIVATE).orElseThrow().grace())
                .isNull();
    }

    @Test
    void anExportMayBeLimitedAndItsArchiveKeptForAWhile() {
        ExportSettings export = lives.export();
        assertThat(export.limit()).isEqualTo(new ExportSettings.RateLimit(2, TimeSpan.hours(36)));
        assertThat(export.limit()).hasToString("2 per 36h");
        assertThat(export.link()).isEqualTo(TimeSpan.hours(2));
        assertThat(export.keep()).isEqualTo(TimeSpan.days(3));
    }

    @Test
    void theSubjectsOwnRowIsOfTheAccountAndOthersAreDataUnlessSaid() {
        assertThat(lives.tables().stream()
                        .flatMap(t -> t.roles().stream())
                        .map(r -> r.handling().scope()))
                .containsExactly(
                        DeletionScope.ACCOUNT,
                        DeletionScope.DATA,
                        DeletionScope.ACCOUNT,
                        DeletionScope.DATA,
                        DeletionScope.ACCOUNT);
    }

    @Test
    void whatBecomesOfRowsMayDifferByFlowAndADeactivatedAccountGoesAsADeletedOne() {
        RoleLifecycle comments = living("comments", Role.ONLY).handling();
        assertThat(comments.fate(AccountFlow.DELETE_ACCOUNT).word()).isEqualTo("delete");
        assertThat(comments.fate(AccountFlow.DEACTIVATE)).isSameAs(comments.fate(AccountFlow.DELETE_ACCOUNT));
        Fate.Keep keep = (Fate.Keep) comments.fate(AccountFlow.DELETE_DATA);
        assertThat(keep.howLong()).isEqualTo("6y, then delete");
        RoleLifecycle users = living("users", Role.SELF).handling();
        assertThat(users.fate(AccountFlow.DEACTIVATE).word()).isEqualTo("anonymize");
        assertThat(users.fate(AccountFlow.DELETE_DATA)).isEqualTo(new Fate.Untouched(at(6, 3)));
    }

    @Test
    void aMapIsForDeletingTheAccountUntilItIsAskedForAnotherFlow() {
        assertThat(lives.flow()).isEqualTo(AccountFlow.DELETE_ACCOUNT);
        assertThat(living("comments", Role.ONLY).fate().word()).isEqualTo("delete");
        MapDefinition data = lives.forFlow(AccountFlow.DELETE_DATA);
        assertThat(data.flow()).isEqualTo(AccountFlow.DELETE_DATA);
        assertThat(data.tables().stream().flatMap(t -> t.roles().stream()))
                .extracting(r -> r.fate().word())
                .containsExactly("leave alone", "keep", "leave alone", "delete", "leave alone");
        assertThat(data.forFlow(AccountFlow.DELETE_ACCOUNT)).isEqualTo(lives);
    }

    @Test
    void rowsAreHiddenInTheFlowsThatSaySoAndNeverThoseOfTheAccountWhenDataGoes() {
        RoleLifecycle users = living("users", Role.SELF).handling();
        assertThat(users.hide()).containsOnlyKeys(AccountFlow.DEACTIVATE, AccountFlow.DELETE_ACCOUNT);
        HideRule.SetColumns set =
                (HideRule.SetColumns) users.hide(AccountFlow.DEACTIVATE).orElseThrow();
        assertThat(set.rules()).extracting(r -> r.column().text()).containsExactly("deleted_at", "due_at", "back", "n");
        assertThat(set.rules().get(1).rule())
                .isEqualTo(new Rule.TemplateRule(
                        List.of(new Rule.TemplatePart.PlaceholderValue(Rule.TemplatePlaceholder.DUE)), at(7, 49)));
        assertThat(set.rules().get(2).rule()).isInstanceOf(Rule.TemplateRule.class);
        RoleLifecycle comments = living("comments", Role.ONLY).handling();
        assertThat(comments.hide()).containsOnlyKeys(AccountFlow.DELETE_DATA, AccountFlow.DELETE_ACCOUNT);
        assertThat(comments.hide(AccountFlow.DELETE_ACCOUNT)).contains(new HideRule.StashRows(at(16, 74)));
        assertThat(living("likes", "taker").handling().hide(AccountFlow.DEACTIVATE))
                .contains(new HideRule.DeleteRows(at(28, 55)));
        assertThat(living("likes", "giver").handling().hide(AccountFlow.DELETE_DATA))
                .get()
                .isInstanceOf(HideRule.StashRows.class);
    }

    @Test
    void linksInheritHowRowsAreCreatedRefusedAndRead() {
        assertThat(living("likes", "giver").handling())
                .extracting(h -> String.valueOf(h.created()), RoleLifecycle::newRows, RoleLifecycle::reads)
                .containsExactly(
                        "given_at", RoleLifecycle.NewRowPolicy.REFUSE, RoleLifecycle.HiddenRowVisibility.ABSENT);
        assertThat(living("likes", "taker").handling())
                .extracting(h -> String.valueOf(h.created()), RoleLifecycle::newRows, RoleLifecycle::reads)
                .containsExactly("at", RoleLifecycle.NewRowPolicy.ALLOW, RoleLifecycle.HiddenRowVisibility.SHOWN);
    }

    @Test
    void anExportMayTakeColumnsOfRowsReferredToAlong() {
        List<ExportRule.ExportJoin> with =
                living("comments", Role.ONLY).export().with();
        assertThat(with)
                .extracting(w -> w.table().text(), w -> texts(w.on()), w -> texts(w.columns()))
                .containsExactly(
                        tuple("orgs", List.of("org_id"), List.of("slug", "name")),
                        tuple("app.x", List.of("a", "b"), List.of("c")));
    }

    private static Position at(int line, int column) {
        return new Position("lives.yaml", line, column);
    }

    private Role living(String table, String name) {
        return role(table(lives, table), name);
    }
}

package dev.exeunt.map.yaml;

import static dev.exeunt.map.yaml.MapReaderTest.role;
import static dev.exeunt.map.yaml.MapReaderTest.table;
import static dev.exeunt.map.yaml.MapReaderTest.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.ExportRule;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.Fate;
import dev.exeunt.map.Flow;
import dev.exeunt.map.Handling;
import dev.exeunt.map.Handling.Scope;
import dev.exeunt.map.Hide;
import dev.exeunt.map.Position;
import dev.exeunt.map.Role;
import dev.exeunt.map.Rule;
import dev.exeunt.map.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of rows flow by flow, and while their person is away. */
class MapLifecycleTest {

    static final String LIVES = """
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

    private final DataMap lives = MapReader.read(LIVES, "lives.yaml");

    @Test
    void aFlowWithoutGraceHasNone() {
        assertThat(lives.lifecycle().offer(Flow.DEACTIVATE).orElseThrow().grace())
                .isNull();
    }

    @Test
    void anExportMayBeLimitedAndItsArchiveKeptForAWhile() {
        ExportSettings export = lives.export();
        assertThat(export.limit()).isEqualTo(new ExportSettings.Limit(2, Span.hours(36)));
        assertThat(export.limit()).hasToString("2 per 36h");
        assertThat(export.link()).isEqualTo(Span.hours(2));
        assertThat(export.keep()).isEqualTo(Span.days(3));
    }

    @Test
    void theSubjectsOwnRowIsOfTheAccountAndOthersAreDataUnlessSaid() {
        assertThat(lives.tables().stream()
                        .flatMap(t -> t.roles().stream())
                        .map(r -> r.handling().scope()))
                .containsExactly(Scope.ACCOUNT, Scope.DATA, Scope.ACCOUNT, Scope.DATA, Scope.ACCOUNT);
    }

    @Test
    void whatBecomesOfRowsMayDifferByFlowAndADeactivatedAccountGoesAsADeletedOne() {
        Handling comments = living("comments", Role.ONLY).handling();
        assertThat(comments.fate(Flow.DELETE_ACCOUNT).word()).isEqualTo("delete");
        assertThat(comments.fate(Flow.DEACTIVATE)).isSameAs(comments.fate(Flow.DELETE_ACCOUNT));
        Fate.Keep keep = (Fate.Keep) comments.fate(Flow.DELETE_DATA);
        assertThat(keep.howLong()).isEqualTo("6y, then delete");
        Handling users = living("users", Role.SELF).handling();
        assertThat(users.fate(Flow.DEACTIVATE).word()).isEqualTo("anonymize");
        assertThat(users.fate(Flow.DELETE_DATA)).isEqualTo(new Fate.Untouched(at(6, 3)));
    }

    @Test
    void aMapIsForDeletingTheAccountUntilItIsAskedForAnotherFlow() {
        assertThat(lives.flow()).isEqualTo(Flow.DELETE_ACCOUNT);
        assertThat(living("comments", Role.ONLY).fate().word()).isEqualTo("delete");
        DataMap data = lives.forFlow(Flow.DELETE_DATA);
        assertThat(data.flow()).isEqualTo(Flow.DELETE_DATA);
        assertThat(data.tables().stream().flatMap(t -> t.roles().stream()))
                .extracting(r -> r.fate().word())
                .containsExactly("leave alone", "keep", "leave alone", "delete", "leave alone");
        assertThat(data.forFlow(Flow.DELETE_ACCOUNT)).isEqualTo(lives);
    }

    @Test
    void rowsAreHiddenInTheFlowsThatSaySoAndNeverThoseOfTheAccountWhenDataGoes() {
        Handling users = living("users", Role.SELF).handling();
        assertThat(users.hide()).containsOnlyKeys(Flow.DEACTIVATE, Flow.DELETE_ACCOUNT);
        Hide.Set set = (Hide.Set) users.hide(Flow.DEACTIVATE).orElseThrow();
        assertThat(set.rules()).extracting(r -> r.column().text()).containsExactly("deleted_at", "due_at", "back", "n");
        assertThat(set.rules().get(1).rule())
                .isEqualTo(new Rule.Template(List.of(new Rule.Part.Value(Rule.Placeholder.DUE)), at(7, 49)));
        assertThat(set.rules().get(2).rule()).isInstanceOf(Rule.Template.class);
        Handling comments = living("comments", Role.ONLY).handling();
        assertThat(comments.hide()).containsOnlyKeys(Flow.DELETE_DATA, Flow.DELETE_ACCOUNT);
        assertThat(comments.hide(Flow.DELETE_ACCOUNT)).contains(new Hide.Stash(at(16, 74)));
        assertThat(living("likes", "taker").handling().hide(Flow.DEACTIVATE)).contains(new Hide.Delete(at(28, 55)));
        assertThat(living("likes", "giver").handling().hide(Flow.DELETE_DATA))
                .get()
                .isInstanceOf(Hide.Stash.class);
    }

    @Test
    void linksInheritHowRowsAreCreatedRefusedAndRead() {
        assertThat(living("likes", "giver").handling())
                .extracting(h -> String.valueOf(h.created()), Handling::newRows, Handling::reads)
                .containsExactly("given_at", Handling.NewRows.REFUSE, Handling.Reads.ABSENT);
        assertThat(living("likes", "taker").handling())
                .extracting(h -> String.valueOf(h.created()), Handling::newRows, Handling::reads)
                .containsExactly("at", Handling.NewRows.ALLOW, Handling.Reads.SHOWN);
    }

    @Test
    void anExportMayTakeColumnsOfRowsReferredToAlong() {
        List<ExportRule.With> with = living("comments", Role.ONLY).export().with();
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

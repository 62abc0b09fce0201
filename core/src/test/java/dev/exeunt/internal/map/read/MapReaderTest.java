package dev.exeunt.internal.map.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.exeunt.Exeunt;
import dev.exeunt.internal.map.ExportRule;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.LifecycleSettings;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.RoleLifecycle;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.SubjectDefinition;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataMap.LanguageText;
import dev.exeunt.map.DataMap.TableWords;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.TimeSpan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A well-formed map arrives whole, with every default filled in and every place remembered. */
public class MapReaderTest {

    public static final String SAMPLE = """
            version: 1
            subject:
              table: app.users
              key: [tenant_id, id]
              created: created_at
              identifiers: [email, username]
            export:
              name: "takeout-{key}-{timestamp}"
              schema: 3
              format: json
            tables:
              users:
                section: profile
                export: { except: [password_hash] }
                erase:
                  anonymize:
                    email: "deleted-{key}@erased.invalid"
                    name: Deleted user
                    bio: null
                    settings: "{{}}"
                    deleted_at: "{now}"
                    joined: 2020-01-01
                    score: 0
                    active: False
                    lowered: { sql: "lower(name)" }
                  retain: [locale]
                links:
                  invited: { subject: [tenant_id, invited_by] }
              sessions: { subject: [tenant_id, user_id], erase: delete, export: none }
              follows:
                erase: delete
                export: none
                links:
                  follower: { subject: follower_id }
                  following: { subject: following_id, erase: detach, export: { except: [note] } }
              task_comments:
                subject: [tenant_id, author_id]
                erase: { detach: [author_id], retain: [body], anonymize: { title: "[deleted]" } }
              moderation_log:
                erase: { keep: { reason: moderation evidence, basis: legal-claims, for: 6y } }
                links:
                  self: { subject: user_id }
                  my-catches: { through: public.catches, on: catch_id, where: "comment_id is null" }
                  my-comments: { through: comments, role: [author, below], on: comment_id, erase: undecided }
              waitlist:
                matches: email
                on: contact
                erase: { reassign: [0, "00000000-0000-0000-0000-000000000000"] }
              audit: { subject: user_id, erase: { keep: "the auditors' own record" } }
              visits: { subject: user_id }
              '"my.schema"."Odd ""name\"""': { subject: user_id, erase: delete }
              other.visits: { subject: user_id, erase: delete }
            not-personal:
              schema_migrations: the migration tool's own bookkeeping
            accept:
              unindexed: { visits: a tiny table }
              third-party: { follows.following_id: a public fact of the network }
            flows:
              delete-data: { grace: 0d }
              deactivate: { grace: 36h, login-block: 24h, confirm: username }
              delete-account:
            roles: { application: [app_user, bot_user], exempt: [moderator] }
            guards:
              sole-owner:
                flows: [delete-account, deactivate]
                sql: >-
                  select name, slug from orgs where owner_id = :subject
                  and owner_id <> all (:leaving)
                message: "You are the only owner of {name}."
                link: /o/{slug}/members
                override: admin
              open-orders: { flows: [delete-account], sql: select 1, message: "{{}} still open" }
            warnings:
              guilds: { flows: [delete-data], sql: select g.name from guilds g, message: "{name} loses you." }
              clubs: { flows: [deactivate], sql: select name from clubs }
            external:
              identity-provider: { locators: select provider from logins where user_id = :subject }
              bot: { events: [deactivated, erased] }
              billing: { deadline: 72h }
            """;

    private final MapDefinition map = MapReader.read(SAMPLE, "exeunt.yaml");

    @Test
    void theSubjectHasItsTableKeyAndIdentifiers() {
        SubjectDefinition subject = map.subject();
        assertThat(subject.table()).isEqualTo(new TableReference("app", "users", "app.users", at(3, 10)));
        assertThat(subject.key())
                .containsExactly(new LocatedText("tenant_id", at(4, 9)), new LocatedText("id", at(4, 20)));
        assertThat(subject.created()).isEqualTo(new LocatedText("created_at", at(5, 12)));
        assertThat(subject.identifiers()).extracting(LocatedText::text).containsExactly("email", "username");
    }

    @Test
    void theSchemaOfAnExportIsANumberOrALabel() {
        String map = "{version: 1, subject: {table: u, key: id}, export: {schema: %s}, tables: {u: {}}}";
        assertThat(MapReader.read(map.formatted("dsr_export_v1"), "m").export().schema())
                .isEqualTo("dsr_export_v1");
        for (String wrong : List.of("0", "-1", "1.5", "\"a b\"", "\"a\\\"b\"", "[1]", "_x")) {
            assertThatThrownBy(() -> MapReader.read(map.formatted(wrong), "m"))
                    .hasMessageContaining("a whole number from 1 on, or a label");
        }
    }

    @Test
    void exportSettingsAreTheMapsOwnOrTheDefault() {
        assertThat(map.export())
                .isEqualTo(new ExportSettings(
                        "takeout-{key}-{timestamp}",
                        "3",
                        ExportSettings.BundleFormat.JSON,
                        null,
                        TimeSpan.hours(1),
                        TimeSpan.hours(24)));
        MapDefinition bare = MapReader.read("{version: 1, subject: {table: u, key: id}, tables: {u: {}}}", "m");
        assertThat(bare.export()).isEqualTo(ExportSettings.DEFAULT);
        assertThat(bare.notPersonal()).isEmpty();
        assertThat(bare.accepted()).isEmpty();
    }

    @Test
    void theSubjectsOwnTableStartsWithTheSelfRoleWhoseFateItsLinksDoNotInherit() {
        MappedTable users = table("users");
        assertThat(users.section()).isEqualTo("profile");
        assertThat(users.roles()).extracting(Role::name).containsExactly("self", "invited");
        Role self = users.roles().get(0);
        assertThat(self.link()).isEqualTo(new Link.SelfLink(at(12, 3)));
        assertThat(self.export().except()).extracting(LocatedText::text).containsExactly("password_hash");
        assertThat(self.fate()).isInstanceOf(Fate.Anonymize.class);
        assertThat(self.fate().retain()).extracting(LocatedText::text).containsExactly("locale");
        Role invited = users.roles().get(1);
        assertThat(invited.fate()).isEqualTo(new Fate.Unspecified(at(28, 7)));
        assertThat(invited.export()).isEqualTo(ExportRule.everything(at(28, 7)));
    }

    @Test
    void rulesAreNullLiteralsTemplatesOrSql() {
        Rule.TemplatePart.PlaceholderValue key = new Rule.TemplatePart.PlaceholderValue(Rule.TemplatePlaceholder.KEY);
        Rule.TemplatePart.PlaceholderValue now = new Rule.TemplatePart.PlaceholderValue(Rule.TemplatePlaceholder.NOW);
        assertThat(rule("email"))
                .isEqualTo(new Rule.TemplateRule(
                        List.of(
                                new Rule.TemplatePart.FixedText("deleted-"),
                                key,
                                new Rule.TemplatePart.FixedText("@erased.invalid")),
                        at(17, 16)));
        assertThat(rule("name")).isEqualTo(new Rule.LiteralRule("Deleted user", at(18, 15)));
        assertThat(rule("bio")).isEqualTo(new Rule.NullRule(at(19, 14)));
        assertThat(rule("settings")).isEqualTo(new Rule.LiteralRule("{}", at(20, 19)));
        assertThat(rule("deleted_at")).isEqualTo(new Rule.TemplateRule(List.of(now), at(21, 21)));
        assertThat(rule("joined")).isEqualTo(new Rule.LiteralRule("2020-01-01", at(22, 17)));
        assertThat(rule("score")).isEqualTo(new Rule.LiteralRule("0", at(23, 16)));
        assertThat(rule("active")).isEqualTo(new Rule.LiteralRule("false", at(24, 17)));
        assertThat(rule("lowered")).isEqualTo(new Rule.SqlRule("lower(name)", at(25, 25)));
    }

    @Test
    void aTablesOnlyLinkIsARoleCalledLink() {
        assertThat(table("sessions").roles())
                .containsExactly(new Role(
                        Role.ONLY,
                        new Link.DirectLink(
                                List.of(
                                        new LocatedText("tenant_id", at(29, 25)),
                                        new LocatedText("user_id", at(29, 36))),
                                null,
                                at(29, 15)),
                        new Fate.Delete(at(29, 53)),
                        new ExportRule(true, List.of(), List.of(), List.of(), LanguageText.NONE, at(29, 69)),
                        new RoleLifecycle(
                                RoleLifecycle.DeletionScope.DATA,
                                Map.of(),
                                null,
                                RoleLifecycle.NewRowPolicy.ALLOW,
                                RoleLifecycle.HiddenRowVisibility.ABSENT,
                                RoleLifecycle.PolicyForm.SCAN,
                                Map.of(
                                        AccountFlow.DELETE_DATA, new Fate.Delete(at(29, 53)),
                                        AccountFlow.DEACTIVATE, new Fate.Delete(at(29, 53)),
                                        AccountFlow.DELETE_ACCOUNT, new Fate.Delete(at(29, 53)))),
                        at(29, 3)));
    }

    @Test
    void whatIsSaidForATableGoesToTheLinksThatSayNothingThemselves() {
        assertThat(role("follows", "follower").fate()).isEqualTo(new Fate.Delete(at(31, 12)));
        assertThat(role("follows", "follower").export().none()).isTrue();
        assertThat(role("follows", "following").fate().word()).isEqualTo("detach");
        assertThat(role("follows", "following").export().none()).isFalse();
        assertThat(role("follows", "following").export().except())
                .extracting(LocatedText::text)
                .containsExactly("note");
    }

    @Test
    void detachNamesColumnsAndTakesRulesAndRetainAlong() {
        Fate.Detach detach = (Fate.Detach) role("task_comments", Role.ONLY).fate();
        assertThat(detach.columns()).extracting(LocatedText::text).containsExactly("author_id");
        assertThat(detach.retain()).extracting(LocatedText::text).containsExactly("body");
        assertThat(detach.rules()).extracting(r -> r.column().text()).containsExactly("title");
    }

    @Test
    void keepHasAReasonAndPerhapsABasisAndAPeriod() {
        Fate.Keep keep = (Fate.Keep) role("moderation_log", "self").fate();
        assertThat(List.of(keep.reason(), String.valueOf(keep.basis()), String.valueOf(keep.period())))
                .containsExactly("moderation evidence", "legal-claims", "6y");
        Fate.Keep brief = (Fate.Keep) role("audit", Role.ONLY).fate();
        assertThat(brief.reason()).isEqualTo("the auditors' own record");
        assertThat(brief.basis()).isNull();
        assertThat(brief.period()).isNull();
    }

    @Test
    void aRowMayHangOffARowOfTheirsOrMatchByValue() {
        Link.ThroughLink catches =
                (Link.ThroughLink) role("moderation_log", "my-catches").link();
        assertThat(catches.table().schema()).isEqualTo("public");
        assertThat(catches.table().name()).isEqualTo("catches");
        assertThat(catches.roles()).isEmpty();
        assertThat(catches.on()).extracting(LocatedText::text).containsExactly("catch_id");
        assertThat(catches.where()).isEqualTo(new LocatedText("comment_id is null", at(43, 67)));
        Link.ThroughLink comments =
                (Link.ThroughLink) role("moderation_log", "my-comments").link();
        assertThat(comments.roles()).extracting(LocatedText::text).containsExactly("author", "below");
        assertThat(role("moderation_log", "my-comments").fate().word()).isEqualTo("undecided");
        assertThat(role("waitlist", Role.ONLY).link())
                .isEqualTo(new Link.IdentifierLink(
                        new LocatedText("email", at(46, 14)),
                        new LocatedText("contact", at(47, 9)),
                        null,
                        null,
                        at(46, 5)));
    }

    @Test
    void reassignNamesAKeyPartForEachColumn() {
        Fate.Reassign reassign = (Fate.Reassign) role("waitlist", Role.ONLY).fate();
        assertThat(reassign.key()).containsExactly("0", "00000000-0000-0000-0000-000000000000");
    }

    @Test
    void silenceIsKeptAsSilence() {
        assertThat(role("visits", Role.ONLY).fate()).isEqualTo(new Fate.Unspecified(at(50, 3)));
    }

    @Test
    void namesWithDotsAndQuotesAreWrittenAsInSql() {
        TableReference odd = map.tables().get(map.tables().size() - 2).table();
        assertThat(odd.schema()).isEqualTo("my.schema");
        assertThat(odd.name()).isEqualTo("Odd \"name\"");
        assertThat(odd).hasToString("\"my.schema\".\"Odd \"\"name\"\"\"");
    }

    @Test
    void wordsForPeopleAreChosenByLanguage() {
        MapDefinition map = MapReader.read("""
                version: 1
                subject: { table: users, key: id }
                tables:
                  users: { title: "Your profile " }
                  orders: { subject: a, title: { en: Orders, de: Bestellungen, pt-BR: Pedidos }, means: { de: Was Sie kauften. } }
                  notes: { subject: a }
                """, "exeunt.yaml");
        List<Locale.LanguageRange> austrian = Locale.LanguageRange.parse("de-AT, en;q=0.5");
        assertThat(map.tables())
                .extracting(t -> t.words().titleIn(austrian).orElse("-"))
                .containsExactly("Your profile", "Bestellungen", "-");
        TableWords orders = map.tables().get(1).words();
        assertThat(orders.titleIn(Locale.LanguageRange.parse("pt-br"))).contains("Pedidos");
        assertThat(orders.titleIn(Locale.LanguageRange.parse("fr, *;q=0.1"))).contains("Orders");
        assertThat(orders.titleIn(List.of())).contains("Orders");
        assertThat(orders.meansIn(Locale.LanguageRange.parse("en"))).contains("Was Sie kauften.");
    }

    @Test
    void sectionsAreNamedAfterTablesAndNeverTwice() {
        assertThat(map.tables())
                .extracting(MappedTable::section)
                .containsExactly(
                        "profile",
                        "sessions",
                        "follows",
                        "task_comments",
                        "moderation_log",
                        "waitlist",
                        "audit",
                        "visits",
                        "my_schema_Odd__name_",
                        "other_visits");
    }

    @Test
    void sectionsThatWouldCollideGetTheirSchemaOrANumber() {
        String tables = """
                {u: {}, a: {subject: x, section: posts}, posts: {subject: x}, Posts: {subject: x}, public.posts: \
                {subject: x}, schema: {subject: x}, x.y_z: {subject: x}, x_y_z: {subject: x}}""";
        MapDefinition read = MapReader.read("{version: 1, subject: {table: u, key: id}, tables: " + tables + "}", "m");
        assertThat(read.tables())
                .extracting(MappedTable::section)
                .containsExactly("u", "posts", "posts_2", "Posts_3", "public_posts", "schema_2", "x_y_z", "x_y_z_2");
    }

    @Test
    void reasonsAreKeptWithWhatTheyAreAbout() {
        assertThat(map.notPersonal())
                .containsExactly(new MapDefinition.NonPersonalTable(
                        new TableReference(null, "schema_migrations", "schema_migrations", at(54, 3)),
                        "the migration tool's own bookkeeping"));
        assertThat(map.accepted())
                .extracting(a -> a.code().text(), a -> a.what().text(), MapDefinition.AcceptedWarning::reason)
                .containsExactly(
                        tuple("unindexed", "visits", "a tiny table"),
                        tuple("third-party", "follows.following_id", "a public fact of the network"));
    }

    @Test
    void flowsHaveTheirGraceUnlessSaidThirtyDays() {
        List<LifecycleSettings.OfferedFlow> offers = map.lifecycle().offers();
        LocatedText username = new LocatedText("username", at(60, 56));
        assertThat(offers)
                .containsExactly(
                        new LifecycleSettings.OfferedFlow(
                                AccountFlow.DELETE_DATA, TimeSpan.days(0), null, false, null, at(59, 3)),
                        new LifecycleSettings.OfferedFlow(
                                AccountFlow.DEACTIVATE,
                                TimeSpan.hours(36),
                                TimeSpan.hours(24),
                                false,
                                username,
                                at(60, 3)),
                        new LifecycleSettings.OfferedFlow(
                                AccountFlow.DELETE_ACCOUNT, TimeSpan.days(30), null, false, null, at(61, 3)));
        MapDefinition bare = MapReader.read("{version: 1, subject: {table: u, key: id}, tables: {u: {}}}", "m");
        assertThat(bare.lifecycle()).isEqualTo(LifecycleSettings.NONE);
    }

    @Test
    void guardsWarningsAndLocatorsAreQueriesWithWhatTheyAreFor() {
        LifecycleSettings lifecycle = map.lifecycle();
        LifecycleSettings.Guard owner = lifecycle.guards().get(0);
        assertThat(owner.name()).isEqualTo(new LocatedText("sole-owner", at(64, 3)));
        assertThat(owner.flows()).containsExactly(AccountFlow.DELETE_ACCOUNT, AccountFlow.DEACTIVATE);
        assertThat(owner.sql().text())
                .isEqualTo("select name, slug from orgs where owner_id = :subject and owner_id <> all (:leaving)");
        assertThat(owner.message()).isEqualTo(new LocatedText("You are the only owner of {name}.", at(69, 14)));
        assertThat(owner.link()).isEqualTo(new LocatedText("/o/{slug}/members", at(70, 11)));
        assertThat(lifecycle.guards())
                .extracting(LifecycleSettings.Guard::override)
                .containsExactly(
                        LifecycleSettings.Guard.GuardOverride.ADMIN, LifecycleSettings.Guard.GuardOverride.NEVER);
        assertThat(lifecycle.guards().get(1).link()).isNull();
        assertThat(lifecycle.warnings())
                .extracting(
                        w -> w.name().text(), LifecycleSettings.FlowWarning::flows, w -> String.valueOf(w.message()))
                .containsExactly(
                        tuple("guilds", List.of(AccountFlow.DELETE_DATA), "{name} loses you."),
                        tuple("clubs", List.of(AccountFlow.DEACTIVATE), "null"));
        assertThat(lifecycle.external())
                .extracting(
                        e -> e.name().text(),
                        e -> e.events(),
                        e -> String.valueOf(e.locators()),
                        e -> String.valueOf(e.deadline()))
                .containsExactly(
                        tuple(
                                "identity-provider",
                                List.of(),
                                "select provider from logins where user_id = :subject",
                                "30d"),
                        tuple("bot", List.of("deactivated", "erased"), "null", "null"),
                        tuple("billing", List.of(), "null", "72h"));
        assertThat(lifecycle.roles().application())
                .extracting(LocatedText::text)
                .containsExactly("app_user", "bot_user");
        assertThat(lifecycle.roles().exempt()).containsExactly(new LocatedText("moderator", at(62, 54)));
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsChangeNothing() {
        MapDefinition windows = MapReader.read("\uFEFF" + SAMPLE.replace("\n", "\r\n"), "exeunt.yaml");
        assertThat(windows).isEqualTo(map);
    }

    private static Position at(int line, int column) {
        return new Position("exeunt.yaml", line, column);
    }

    static List<String> texts(List<LocatedText> words) {
        return words.stream().map(LocatedText::text).toList();
    }

    private MappedTable table(String name) {
        return table(map, name);
    }

    static MappedTable table(MapDefinition map, String name) {
        return map.tables().stream()
                .filter(t -> t.table().text().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Role role(String table, String name) {
        return role(table(table), name);
    }

    static Role role(MappedTable table, String name) {
        return table.roles().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Rule rule(String column) {
        return role("users", "self").fate().rules().stream()
                .filter(r -> r.column().text().equals(column))
                .findFirst()
                .orElseThrow()
                .rule();
    }

    @Test
    void wordsAreFoundByTheNameThatReceiptsGiveATable() {
        DataMap words = Exeunt.readMap("""
                version: 1
                subject: { table: public.users, key: id }
                tables:
                  public.users: { title: Your account, erase: delete }
                  orders: { title: { en: Your orders, de: Ihre Bestellungen }, subject: user_id, erase: delete }
                  shop.items: { title: What you bought, subject: user_id, erase: delete }
                """, "exeunt.yaml");
        List<Locale.LanguageRange> german = Locale.LanguageRange.parse("de-AT, en;q=0.1");
        assertThat(words.words("users").titleIn(german)).hasValue("Your account");
        assertThat(words.words("orders").titleIn(german)).hasValue("Ihre Bestellungen");
        assertThat(words.words("shop.orders").titleIn(german))
                .as("found by the role's path")
                .hasValue("Ihre Bestellungen");
        assertThat(words.words("shop.items").titleIn(german)).hasValue("What you bought");
        assertThat(words.words("items").titleIn(german)).isEmpty();
        assertThat(words.words("shop.users").titleIn(german)).isEmpty();
    }
}

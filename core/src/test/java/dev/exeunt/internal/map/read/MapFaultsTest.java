package dev.exeunt.internal.map.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.map.MapInvalidException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault has a place, a code, a sentence and a fix; and no fault is told twice or brings others along. */
public class MapFaultsTest {

    /** Four lines; what a case says of other tables starts in the fifth. */
    static final String HEAD = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { erase: delete }
            """;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"documents", "tops", "tables", "links", "fates", "rules", "exports", "reasons", "notices", "settings"
    })
    void isTheOnlyFault(String yaml, String expected) {
        assertOnlyFault(yaml, expected);
    }

    /** @param expected how the fault begins, {@code ~}, and what else it says */
    static void assertOnlyFault(String yaml, String expected) {
        assertThat(faults(yaml)).singleElement().asString().startsWith(expected.substring(0, expected.indexOf('~')));
        assertThat(faults(yaml).get(0)).contains(expected.substring(expected.indexOf('~') + 1));
    }

    public static Stream<Arguments> documents() {
        return Stream.of(
                fault("", "1:1: malformed: ~The map is empty."),
                fault("# nothing\n---\n", "1:1: malformed: ~The map is empty."),
                fault("[1, 2]", "1:1: malformed: ~The map is a list, and needs version"),
                fault("hello", "1:1: malformed: ~The map is the text \"hello\""),
                fault(HEAD + "--- \nversion: 1\n", "6:1: malformed: ~A second document starts here"),
                fault(HEAD + "accept: { unindexed: [ }\n", "5:24: malformed: ~This is not YAML"),
                fault(HEAD + "\taccept: {}\n", "5:1: malformed: ~fix: Indent with spaces instead of tabs."),
                fault(HEAD + "  t: { subject: a: b }\n", "5:18: malformed: ~This is not YAML"),
                fault(
                        HEAD + "  t: { subject: a, erase: { anonymize: { b: x-{key}@y } } }\n",
                        "5:47: malformed: ~fix: Write text that holds braces in quotes"),
                fault(HEAD + "  t: &a { subject: b }\n", "5:6: malformed: ~A map has no anchors and aliases (&a)."),
                fault(HEAD + "  t: *a\n", "5:6: malformed: ~A map has no anchors and aliases (*a)."),
                fault(HEAD + "  t: { <<: { subject: a }, subject: b }\n", "5:8: malformed: ~no merge keys"),
                fault(HEAD + "  t: { subject: !!str a }\n", "5:17: malformed: ~A map has no tags"),
                fault(
                        HEAD + "  users: { erase: delete }\n",
                        "5:3: malformed: ~users is here twice; the first is in line 4."),
                fault(HEAD + "version: 1\n", "5:1: malformed: ~version is here twice; the first is in line 1."),
                fault(HEAD + "  ? [a, b]\n  : { subject: c }\n", "5:5: malformed: ~The name before a colon is a list"),
                fault(HEAD + "  '': { subject: c }\n", "5:3: malformed: ~The name before a colon is an empty text"),
                fault(HEAD + "  t: { subject: \"a\\0\" }\n", "5:17: malformed: ~PostgreSQL cannot store"),
                fault(HEAD + "  t: { subject: \"\\uD800\" }\n", "5:17: malformed: ~"),
                fault(HEAD + "  t: { subject: \"\\UFFFFFFFF\" }\n", "5:8: malformed: ~What follows here is not YAML"),
                fault("%YAML 9.9\n---\n" + HEAD, "1:1: malformed: ~a directive (%)"),
                fault(HEAD + "# bell \u0007\n", "5:8: malformed: ~U+0007"),
                fault(
                        HEAD + "  t: " + "[".repeat(40) + "]".repeat(40) + "\n",
                        "5:36: malformed: ~deeper than 32 levels"));
    }

    public static Stream<Arguments> tops() {
        return Stream.of(
                fault("version: 1\ntables: { u: { subject: a } }\n", "1:1: malformed: ~subject is missing"),
                fault("version: 1\nsubject: { table: u, key: id }\n", "1:1: malformed: ~tables is missing"),
                fault(HEAD.replace("version: 1", ""), "2:1: malformed: ~version is missing; it needs 1."),
                fault(
                        HEAD.replace("version: 1", "version: 2"),
                        "1:10: malformed: ~version is the number 2, and needs 1."),
                fault(
                        HEAD.replace("version: 1", "verison: 1"),
                        "1:1: unknown-word: ~Did you mean version? Valid: version, subject, controller, purpose, basis, recipients, source, transfers, automated-decisions, flows, export,"),
                fault(HEAD.replace("table: users, ", ""), "2:10: malformed: ~table is missing"),
                fault(
                        HEAD.replace(", key: id", ""),
                        "2:10: malformed: ~key is missing; it needs a column, or a list of columns."),
                fault(HEAD.replace("key: id", "key: []"), "2:31: malformed: ~key is an empty list"),
                fault(HEAD.replace("key: id", "key: [a, a]"), "2:35: malformed: ~key names a twice."),
                fault(HEAD.replace("key: id", "key: [a, [b]]"), "2:35: malformed: ~key is a list"),
                fault(HEAD.replace("key: id", "key: true"), "2:31: malformed: ~key is true"),
                fault(HEAD.replace("key: id", "key:"), "2:30: malformed: ~key is empty"),
                fault(
                        HEAD.replace("key: id", "key: id, created: []"),
                        "2:44: malformed: ~created is an empty list, and needs a column."),
                fault(
                        HEAD.replace("key: id", "key: id, identifers: x"),
                        "2:35: unknown-word: ~Did you mean identifiers?"),
                fault(
                        "version: 1\nsubject: users\ntables: { u: { erase: delete } }\n",
                        "2:10: malformed: ~subject is the text \"users\", and needs a table and its key."),
                fault(
                        "version: 1\nsubject: { table: u, key: id }\ntables: {}\n",
                        "3:9: malformed: ~tables is an empty mapping"));
    }

    public static Stream<Arguments> notices() {
        return Stream.of(
                fault(
                        HEAD + "controller: Example Ltd\n",
                        "5:13: malformed: ~controller is the text \"Example Ltd\", and"),
                fault(
                        HEAD + "controller: { contact: a@b.example }\n",
                        "5:13: malformed: ~name is missing; it needs a text"),
                fault(HEAD + "controller: { name: A, email: a@b.example }\n", "5:24: malformed: ~fix: Write contact:"),
                fault(
                        HEAD + "controller: { name: A, oficer: B }\n",
                        "5:24: unknown-word: ~Did you mean officer? Valid: name, address, contact, officer,"),
                fault(
                        HEAD + "controller: { name: [A] }\n",
                        "5:21: malformed: ~name is a list, and needs a text, or one"),
                fault(HEAD + "purpose: []\n", "5:10: malformed: ~purpose is an empty list, and needs a text, or one"),
                fault(HEAD + "recipients: { english: a }\n", "5:15: malformed: ~\"english\" is no language tag."),
                fault(HEAD + "source:\n", "5:8: malformed: ~source is empty, and needs a text"),
                fault(HEAD + "basis: true\n", "5:8: malformed: ~basis is true, and needs a text"),
                fault(HEAD + "transfers: {}\n", "5:12: malformed: ~transfers is an empty mapping"),
                fault(HEAD + "automated-decisions: []\n", "5:22: malformed: ~automated-decisions is an empty list"),
                fault(HEAD + "categories: names\n", "5:1: malformed: ~fix: Write categories in a table"),
                fault(HEAD + "  t: { subject: a, categories: [] }\n", "5:32: malformed: ~categories is an empty list"),
                fault(
                        HEAD + "  t: { links: { l: { subject: a, purpose: x } } }\n",
                        "5:34: malformed: ~fix: Write purpose in the table, beside links"));
    }

    public static Stream<Arguments> settings() {
        return Stream.of(
                fault(HEAD + "backups: 5 weeks\n", "5:10: malformed: ~is not a period"),
                fault(HEAD + "backups: 0d\n", "5:10: malformed: ~is not a period"),
                fault(HEAD + "settings: {}\n", "5:11: malformed: ~settings is an empty mapping, and needs names"),
                fault(HEAD + "settings: { a.b: [on] }\n", "5:18: malformed: ~The value of a setting is a list"),
                fault(HEAD + "settings: { a.b: true }\n", "5:18: malformed: ~The value of a setting is true"),
                fault(
                        HEAD + "settings: { session_replication_role: replica }\n",
                        "5:13: malformed: ~settings may not set session_replication_role: only names of two parts"),
                fault(HEAD + "settings: { row_security: \"off\" }\n", "5:13: malformed: ~may not set row_security"),
                fault(HEAD + "settings: { a.b.c: x }\n", "5:13: malformed: ~may not set a.b.c"),
                fault(HEAD + "settings: { A.b: x }\n", "5:13: malformed: ~may not set A.b"),
                fault(HEAD + "settings: { exeunt.clock: x }\n", "5:13: malformed: ~may not set exeunt.clock"),
                fault(HEAD + "sql: [web]\n", "5:6: malformed: ~sql is a list, and needs callers"),
                fault(HEAD + "sql: { gateway: g }\n", "5:6: malformed: ~callers is missing"),
                fault(
                        HEAD + "sql: { callers: web }\n",
                        "5:17: malformed: ~callers is the text \"web\", and needs a list"),
                fault(HEAD + "sql: { callers: [web, web] }\n", "5:23: malformed: ~callers names web twice"),
                fault(
                        HEAD + "sql: { callers: [web], gateway: [web] }\n",
                        "5:34: malformed: ~both a caller and the gateway"),
                fault(HEAD + "sql: { callers: [web], caller: {} }\n", "5:32: malformed: ~caller is an empty mapping"),
                fault(HEAD + "sql: { callers: [web], role: a }\n", "5:24: unknown-word: ~role"),
                fault(
                        HEAD + "sql: { callers: [web], staff: [ops] }\n",
                        "5:24: malformed: ~fix: Take staff out: staff act over HTTP"));
    }

    public static Stream<Arguments> tables() {
        return Stream.of(
                fault(HEAD + "  t:\n", "5:5: malformed: ~A table is empty, and needs a link and a fate."),
                fault(HEAD + "  t: delete\n", "5:6: malformed: ~A table is the text \"delete\""),
                fault(
                        HEAD + "  t: { erase: delete }\n",
                        "5:3: malformed: ~t does not say how its rows belong to a person: subject, through or matches."),
                fault(HEAD + "  t: { subject: a, keep: x }\n", "5:20: malformed: ~fix: Write erase: { keep:"),
                fault(
                        HEAD + "  t: { subject: a, scope: acount }\n",
                        "5:27: unknown-word: ~scope has no word acount. Did you mean account? Valid: data, account."),
                fault(
                        HEAD + "  t: { subject: a, scope: true }\n",
                        "5:27: malformed: ~scope is true, and needs data or"),
                fault(HEAD + "  t: { subject: a, reads: x }\n", "5:27: unknown-word: ~Valid: absent, shown."),
                fault(HEAD + "  t: { subject: a, new-rows: no }\n", "5:30: unknown-word: ~Valid: allow, refuse."),
                fault(
                        HEAD + "  t: { subject: a, created: [x] }\n",
                        "5:29: malformed: ~created is a list, and needs a column."),
                fault(
                        HEAD + "  t: { matches: a, on: b, new-rows: refuse }\n",
                        "5:37: malformed: ~New rows can only be refused where a link says subject"),
                fault(
                        HEAD.replace("delete }", "delete, new-rows: refuse }"),
                        "4:37: malformed: ~New rows can only be refused where a link says subject"),
                fault(HEAD + "  t: { subjet: a }\n", "5:8: unknown-word: ~Did you mean subject?"),
                fault(HEAD + "  a.b.c: { subject: a }\n", "5:3: malformed: ~\"a.b.c\" is not a table's name."),
                fault(HEAD + "  a.: { subject: a }\n", "5:3: malformed: ~is not a table's name"),
                fault(HEAD + "  a\"b: { subject: a }\n", "5:3: malformed: ~is not a table's name"),
                fault(HEAD + "  '\"a': { subject: a }\n", "5:3: malformed: ~is not a table's name"),
                fault(HEAD + "  '\"a\"b': { subject: a }\n", "5:3: malformed: ~is not a table's name"),
                fault(HEAD + "  '\"\"': { subject: a }\n", "5:3: malformed: ~is not a table's name"),
                fault(
                        HEAD + "  '\"users\"': { erase: delete }\n",
                        "5:3: malformed: ~is here twice; the first is in line 4."),
                fault(
                        HEAD + "  t: { subject: a, title: [b] }\n",
                        "5:27: malformed: ~title is a list, and needs a text"),
                fault(HEAD + "  t: { subject: a, means: {} }\n", "5:27: malformed: ~means is an empty mapping"),
                fault(
                        HEAD + "  t: { subject: a, title: { English: b } }\n",
                        "5:29: malformed: ~\"English\" is no language tag."),
                fault(
                        HEAD + "  t: { subject: a, section: a/b }\n",
                        "5:29: malformed: ~The section \"a/b\" cannot be a file's name."),
                fault(
                        HEAD + "  t: { subject: a, files: uploads }\n",
                        "5:27: malformed: ~files is the text \"uploads\", and needs columns, each with a store."),
                fault(HEAD + "  t: { subject: a, files: {} }\n", "5:27: malformed: ~files is an empty mapping"),
                fault(
                        HEAD + "  t: { subject: a, files: { b: /srv/up } }\n",
                        "5:32: malformed: ~\"/srv/up\" cannot be the name of a store."),
                fault(
                        HEAD + "  t: { subject: a, files: { b: { strip: /up/ } } }\n",
                        "5:32: malformed: ~store is missing"),
                fault(
                        HEAD + "  t: { subject: a, files: { b: { store: up, directory: /up/ } } }\n",
                        "5:45: malformed: ~where a store lies is a setting of the machine"),
                fault(
                        HEAD + "  t: { subject: a, files: { b: { store: up, strip: [] } } }\n",
                        "5:52: malformed: ~strip is an empty list"),
                fault(HEAD + "  t: { subject: a, section: Schema }\n", "5:29: malformed: ~one of the export's own"),
                fault(
                        HEAD + "  t: { subject: a, section: s }\n  v: { subject: a, section: S }\n",
                        "6:29: malformed: ~another table's, too, in line 5."));
    }

    public static Stream<Arguments> links() {
        return Stream.of(
                fault(
                        HEAD.replace("erase: delete", "subject: boss_id"),
                        "4:12: malformed: ~users is the subject's own table: its rows need no subject."),
                fault(
                        HEAD.replace("erase: delete", "links: { self: { subject: boss_id } }"),
                        "4:21: malformed: ~self is the name of the subject's own row"),
                fault(
                        HEAD + "  t: { subject: a, links: { b: { subject: c } } }\n",
                        "5:8: malformed: ~fix: Move subject into an entry under links:"),
                fault(HEAD + "  t: { links: {} }\n", "5:15: malformed: ~links is an empty mapping"),
                fault(
                        HEAD + "  t: { links: { a: { erase: delete } } }\n",
                        "5:20: malformed: ~The link a does not say how its rows belong"),
                fault(HEAD + "  t: { links: { a: b } }\n", "5:20: malformed: ~A link is the text \"b\""),
                fault(
                        HEAD + "  t: { subject: a, matches: email, on: b }\n",
                        "5:20: malformed: ~A link says both subject and matches."),
                fault(HEAD + "  t: { subject: a, on: b }\n", "5:20: malformed: ~on says nothing beside subject."),
                fault(HEAD + "  t: { subject: a, by: b }\n", "5:20: malformed: ~by says nothing beside subject."),
                fault(HEAD + "  t: { through: a, on: b, by: c }\n", "5:31: malformed: ~A link says both on and by."),
                fault(
                        HEAD + "  t: { through: a, by: [] }\n",
                        "5:24: malformed: ~by is an empty list, and needs a column, or a list of columns."),
                fault(HEAD + "  t: { subject: a, role: b }\n", "5:20: malformed: ~role says nothing beside subject."),
                fault(
                        HEAD + "  t: { through: a }\n",
                        "5:6: malformed: ~on is missing; it needs a column, or a list of columns."),
                fault(HEAD + "  t: { through: a.b.c, on: d }\n", "5:17: malformed: ~is not a table's name"),
                fault(
                        HEAD + "  t: { matches: a, on: [b, c] }\n",
                        "5:24: malformed: ~on is a list, and needs a column."),
                fault(
                        HEAD + "  t: { subject: a, where: '' }\n",
                        "5:27: malformed: ~where is an empty text, and needs an SQL expression."),
                fault(HEAD + "  t: { subject: a, where: }\n", "5:26: malformed: ~where is empty"));
    }

    public static Stream<Arguments> fates() {
        return Stream.of(
                erase("keep", "5:27: malformed: ~keep alone is not enough: it needs a reason."),
                erase("anonymize", "5:27: malformed: ~anonymize alone is not enough: it needs columns"),
                erase("reassign", "5:27: malformed: ~reassign alone is not enough: it needs the key of a standing row"),
                erase("remove", "5:27: unknown-word: ~Valid: delete, detach, undecided, anonymize, keep, reassign."),
                erase("delet", "5:27: unknown-word: ~fix: write delete instead of delet"),
                erase("true", "5:27: malformed: ~erase is true"),
                erase("", "5:26: malformed: ~erase is empty"),
                erase("[delete]", "5:27: malformed: ~erase is a list"),
                erase("{}", "5:27: malformed: ~erase says nothing"),
                erase("{ delete: true }", "5:29: malformed: ~fix: Write erase: delete"),
                erase("{ undecided: true }", "5:29: malformed: ~fix: Write erase: undecided"),
                erase("{ retain: [b] }", "5:27: malformed: ~erase says only retain"),
                erase("{ detach: true, keep: why }", "5:43: malformed: ~erase says both detach and keep."),
                erase("{ detach: false }", "5:37: malformed: ~detach is false, and needs true, or a list"),
                erase("{ detach: [] }", "5:37: malformed: ~detach is an empty list"),
                erase("{ detach: true, retain: b }", "5:51: malformed: ~retain is the text \"b\""),
                erase(
                        "{ detach: true, flows: { delete-account: delete } }",
                        "5:29: malformed: ~both flows and detach."),
                erase("{ flows: {} }", "5:36: malformed: ~flows is an empty mapping, and needs flows"),
                erase(
                        "{ flows: { delete: delete } }",
                        "5:38: unknown-word: ~Valid: delete-data, deactivate, delete-account"),
                erase("{ flows: { delete-account: keep } }", "5:54: malformed: ~keep alone is not enough"),
                erase("{ flows: { delete-account: { retain: [a] } } }", "5:54: malformed: ~erase says only retain"),
                erase(
                        "{ flows: { delete-account: { flows: x } } }",
                        "5:56: unknown-word: ~erase in a flow has no word flows."),
                erase(
                        "{ flows: { deactivate: delete, delete-account: delete } }",
                        "5:38: malformed: ~This is for deactivate, which the map does not offer."),
                fault(
                        HEAD.replace(
                                        "erase: delete",
                                        "erase: { flows: { delete-account: delete, delete-data: delete } }")
                                + "flows: { delete-data: }\n",
                        "4:67: malformed: ~delete-data, which leaves rows of the account alone"),
                erase("{ reassign: [] }", "5:39: malformed: ~reassign is an empty list"),
                erase("{ reassign: }", "5:38: malformed: ~reassign is empty"),
                erase("{ keep: '' }", "5:35: malformed: ~keep is an empty text, and needs a reason."),
                erase("{ keep: true }", "5:35: malformed: ~keep is true, and needs a reason."),
                erase("{ keep: { basis: law } }", "5:35: malformed: ~keep is missing; it needs a reason."),
                erase("{ keep: { reason: r, for: 6 years } }", "5:53: malformed: ~\"6 years\" is not a period."),
                erase("{ keep: { reason: r, for: 0d } }", "5:53: malformed: ~\"0d\" is not a period."),
                erase("{ keep: { reason: r, for: 6y, then: forget } }", "5:63: unknown-word: ~Valid: delete."),
                erase("{ keep: { reason: r, then: delete } }", "5:48: malformed: ~keep names none"),
                erase("{ keep: { raeson: r } }", "5:37: unknown-word: ~Did you mean reason?"),
                erase(
                        "{ keep: r, anonymize: { b: null }, retain: [b] }",
                        "5:71: malformed: ~b is both anonymized and retained."));
    }

    public static Stream<Arguments> rules() {
        return Stream.of(
                rule("{now}", "5:45: malformed: ~fix: Write it in quotes: \"{now}\""),
                rule("{due}", "5:45: malformed: ~fix: Write it in quotes: \"{due}\""),
                rule("{{}}", "5:46: malformed: ~\"{{}}\" for {}"),
                rule("{}", "5:45: malformed: ~The rule of b is an empty mapping"),
                rule("[]", "5:45: malformed: ~\"[]\" for []"),
                rule("\"{randon}\"", "5:45: unknown-word: ~Did you mean {random}? Valid: {key}, {now}, {random}."),
                rule("\"{due}\"", "5:45: malformed: ~{due} is known only while rows are hidden."),
                rule("\"x {blocked-until}\"", "5:45: malformed: ~Under erase write {now} for the moment"),
                rule("\"{pseudonym}\"", "5:45: not-supported: ~{pseudonym}"),
                rule("\"{}\"", "5:45: malformed: ~Write {{ and }} where braces are meant"),
                rule("\"a{b\"", "5:45: malformed: ~A { stands alone"),
                rule("\"a}b\"", "5:45: malformed: ~A } stands alone"),
                rule("{ sql: }", "5:51: malformed: ~sql is empty, and needs an SQL expression."),
                rule("{ sqll: x }", "5:47: unknown-word: ~Did you mean sql?"),
                erase("{ anonymize: {} }", "5:40: malformed: ~anonymize is an empty mapping"),
                erase("{ anonymize: true }", "5:40: malformed: ~anonymize is true"),
                erase("{ anonymize: { a: 1, a: 2 } }", "5:48: malformed: ~a is here twice"));
    }

    public static Stream<Arguments> exports() {
        return Stream.of(
                export("all", "5:28: malformed: ~fix: Take export out"),
                export("true", "5:28: malformed: ~fix: Take export out"),
                export("false", "5:28: malformed: ~export is false, and needs none"),
                export("nonee", "5:28: unknown-word: ~Did you mean none?"),
                export("[b]", "5:28: malformed: ~export is a list"),
                export("{}", "5:28: malformed: ~export is an empty mapping"),
                export("{ except: [] }", "5:38: malformed: ~except is an empty list"),
                export("{ none: true }", "5:36: malformed: ~none is true, and needs the reason why"),
                export("{ none: x, except: [b] }", "5:28: malformed: ~export says none, and something beside it."),
                export("{ with: { o: { on: a, columns: [b] } }, reason: x }", "5:68: malformed: ~reason says why"),
                export("{ mask: [] }", "5:36: malformed: ~mask is an empty list"),
                export("{ except: [b], mask: [b] }", "5:50: malformed: ~b is both left out and masked."),
                export("{ none: x, mask: [b] }", "5:28: malformed: ~export says none, and something beside it."),
                export("{ reason: x }", "5:30: malformed: ~Take reason out, or write export: { except:"),
                export("{ except: [b], reason: {} }", "5:51: malformed: ~reason is an empty mapping"),
                export("{ except: [b], reason: { deutsch: x } }", "5:53: malformed: ~is no language tag"),
                export("{ with: {} }", "5:36: malformed: ~with is an empty mapping, and needs tables"),
                export("{ with: { o: [a] } }", "5:41: malformed: ~with is a list"),
                export(
                        "{ with: { o: { on: a } } }",
                        "5:41: malformed: ~columns is missing; it needs a list of columns."),
                export("{ with: { o: { columns: [a] } } }", "5:41: malformed: ~on is missing"),
                export("{ with: { o: { on: a, columns: b } } }", "5:59: malformed: ~columns is the text \"b\""),
                export("{ with: { o: { on: a, columns: [b], as: c } } }", "5:64: unknown-word: ~Valid: on, columns."),
                export("{ with: { a.b.c: { on: a, columns: [b] } } }", "5:38: malformed: ~is not a table's name"),
                fault(HEAD + "export: zip\n", "5:9: malformed: ~export is the text \"zip\""),
                fault(HEAD + "export: { limit: 1 a day }\n", "5:18: malformed: ~\"1 a day\" is not a limit."),
                fault(HEAD + "export: { limit: 0 per 24h }\n", "5:18: malformed: ~limit: 1 per 24h"),
                fault(HEAD + "export: { limit: 1 }\n", "5:18: malformed: ~is not a limit"),
                fault(HEAD + "export: { link: 1 h }\n", "5:17: malformed: ~\"1 h\" is not a period."),
                fault(HEAD + "export: { link: 30m }\n", "5:17: malformed: ~\"30m\" is not a period."),
                fault(HEAD + "export: { keep: 0h }\n", "5:17: malformed: ~Write a number and h or d"),
                fault(HEAD + "export: { keep: }\n", "5:16: malformed: ~keep is empty, and needs a period."),
                fault(HEAD + "export: { name: \"a/{key}\" }\n", "5:17: malformed: ~cannot be a file's name"),
                fault(HEAD + "export: { name: \"a{{key}}\" }\n", "5:17: malformed: ~single braces"),
                fault(HEAD + "export: { name: \"a-{now}\" }\n", "5:17: unknown-word: ~Valid: {key}, {timestamp}."),
                fault(
                        HEAD + "export: { schema: 0 }\n",
                        "5:19: malformed: ~schema is the number 0, and needs a whole number from 1 on, or a label."),
                fault(HEAD + "export: { format: csv }\n", "5:19: unknown-word: ~Valid: zip, json."));
    }

    public static Stream<Arguments> reasons() {
        return Stream.of(
                fault(HEAD + "not-personal: [species]\n", "5:15: malformed: ~not-personal is a list"),
                fault(HEAD + "not-personal: { species: }\n", "5:25: malformed: ~The reason is empty"),
                fault(HEAD + "not-personal: { users: mine }\n", "5:17: malformed: ~The table users is here twice"),
                fault(HEAD + "accept: { unindexd: { a: b } }\n", "5:11: unknown-word: ~Did you mean unindexed?"),
                fault(
                        HEAD + "accept: { no-fate: { a: b } }\n",
                        "5:11: malformed: ~no-fate is an error, and only a warning can be accepted"),
                fault(HEAD + "accept: { unindexed: a }\n", "5:22: malformed: ~accept is the text \"a\""),
                fault(HEAD + "accept: { unindexed: { a: '' } }\n", "5:27: malformed: ~The reason is an empty text"));
    }

    static Arguments fault(String yaml, String expected) {
        return Arguments.of(yaml, expected);
    }

    private static Arguments erase(String fate, String expected) {
        return fault(HEAD + "  t: { subject: a, erase: " + fate + " }\n", expected);
    }

    private static Arguments rule(String rule, String expected) {
        return fault(HEAD + "  t: { subject: a, erase: { anonymize: { b: " + rule + " } } }\n", expected);
    }

    private static Arguments export(String export, String expected) {
        return fault(HEAD + "  t: { subject: a, export: " + export + " }\n", expected);
    }

    /** Each as {@code line:column: code: message    fix: …}, without the file's name. */
    static List<String> faults(String yaml) {
        MapInvalidException e =
                catchThrowableOfType(MapInvalidException.class, () -> MapReader.read(yaml, "exeunt.yaml"));
        assertThat(e).as("a fault is found").isNotNull();
        return e.findings().stream()
                .map(f -> f.toString().replace("exeunt.yaml:", "").replace(": error: ", ": "))
                .toList();
    }
}

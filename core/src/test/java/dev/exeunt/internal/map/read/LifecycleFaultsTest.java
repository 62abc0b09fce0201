package dev.exeunt.internal.map.read;

import static dev.exeunt.internal.map.read.MapFaultsTest.HEAD;
import static dev.exeunt.internal.map.read.MapFaultsTest.fault;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the faults of what stands between request and erasure: flows, hiding, guards, warnings, external systems and roles. */
public class LifecycleFaultsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource({"flows", "hides", "guards"})
    void isTheOnlyFault(String yaml, String expected) {
        MapFaultsTest.assertOnlyFault(yaml, expected);
    }

    public static Stream<Arguments> flows() {
        return Stream.of(
                fault(HEAD + "flows: {}\n", "5:8: malformed: ~flows is an empty mapping, and needs the flows"),
                fault(HEAD + "flows: [deactivate]\n", "5:8: malformed: ~flows is a list"),
                fault(
                        HEAD + "flows: { delete: }\n",
                        "5:10: unknown-word: ~Valid: delete-data, deactivate, delete-account."),
                fault(HEAD + "flows: { deactivate: 30d }\n", "5:22: malformed: ~A flow is the text \"30d\""),
                fault(HEAD + "flows: { deactivate: { grace: 30 } }\n", "5:31: malformed: ~\"30\" is not a period."),
                fault(HEAD + "flows: { deactivate: { grace: 030d } }\n", "5:31: malformed: ~24h, 30d, 0d, none."),
                fault(HEAD + "flows: { deactivate: { grace: None } }\n", "5:31: malformed: ~\"None\" is not a period."),
                fault(HEAD + "flows: { deactivate: { grace: } }\n", "5:30: malformed: ~grace is empty"),
                fault(
                        HEAD + "flows: { deactivate: { login-block: 0h } }\n",
                        "5:37: malformed: ~\"0h\" is not a period."),
                fault(
                        HEAD + "flows: { deactivate: { login-block: 1h, lifted-by: cancellation } }\n",
                        "5:52: unknown-word: ~Valid: reactivation."),
                fault(
                        HEAD + "flows: { delete-account: { lifted-by: cancellation } }\n",
                        "5:39: malformed: ~lifted-by says what ends a login block, and this flow has none."),
                fault(
                        HEAD + "flows: { delete-data: { lifted-by: cancellation } }\n",
                        "5:25: malformed: ~deleting data blocks no sign-in"),
                fault(HEAD + "flows: { deactivate: { confirm: [a] } }\n", "5:33: malformed: ~confirm is a list"),
                fault(
                        HEAD + "flows: { deactivate: { block: 1h } }\n",
                        "5:24: unknown-word: ~Valid: grace, login-block"),
                fault(
                        HEAD + "flows: { delete-data: { login-block: 24h } }\n",
                        "5:25: malformed: ~who deletes their data goes on using the account"));
    }

    public static Stream<Arguments> hides() {
        return Stream.of(
                hide("vanish", "5:26: unknown-word: ~hide has no word vanish. Valid: stash, delete, set."),
                hide("set", "5:26: malformed: ~set alone is not enough"),
                hide("", "5:25: malformed: ~hide is empty"),
                hide("true", "5:26: malformed: ~hide is true"),
                hide("[stash]", "5:26: malformed: ~hide is a list"),
                hide("{}", "5:26: malformed: ~hide is an empty mapping"),
                hide("{ stash: true }", "5:28: malformed: ~fix: Write hide: stash"),
                hide("{ set: {} }", "5:33: malformed: ~set is an empty mapping"),
                hide("{ set: { a: {now} } }", "5:38: malformed: ~fix: Write it in quotes: \"{now}\""),
                hide("{ set: { a: \"{dew}\" } }", "5:38: unknown-word: ~Valid: {blocked-until}, {due},"),
                hide("{ set: { a: \"{pseudonym}\" } }", "5:38: not-supported: ~{pseudonym}"),
                hide("{ set: { a: 1 }, flows: x }", "5:43: malformed: ~Write flows alone"),
                hide("{ flows: {} }", "5:35: malformed: ~flows is an empty mapping, and needs flows"),
                hide("{ flows: { leave: stash } }", "5:37: unknown-word: ~Valid: delete-data"),
                hide("{ flows: { delete-account: stsh } }", "5:53: unknown-word: ~Did you mean stash?"),
                hide(
                        "{ flows: { delete-data: stash } }",
                        "5:37: malformed: ~fix: Take delete-data out here, or offer it at the top of the map"),
                fault(
                        HEAD + "  t: { subject: a, scope: account, hide: { flows: { delete-data: stash } } }\n"
                                + "flows: { delete-data: }\n",
                        "5:66: malformed: ~delete-data, which leaves rows of the account alone"));
    }

    public static Stream<Arguments> guards() {
        String guard = HEAD + "guards: { g: { flows: [delete-account], sql: q, message: m } }\n";
        return Stream.of(
                fault(HEAD + "guards: []\n", "5:9: malformed: ~guards is an empty list"),
                fault(HEAD + "guards: { g: select 1 }\n", "5:14: malformed: ~A guard is the text"),
                fault(guard.replace("flows: [delete-account], ", ""), "5:14: malformed: ~flows is missing"),
                fault(guard.replace("sql: q, ", ""), "5:14: malformed: ~sql is missing; it needs a query."),
                fault(guard.replace(", message: m", ""), "5:14: malformed: ~message is missing"),
                fault(guard.replace("[delete-account]", "delete-account"), "5:23: malformed: ~flows is the text"),
                fault(guard.replace("[delete-account]", "[leave]"), "5:24: unknown-word: ~flows has no word leave."),
                fault(guard.replace("[delete-account]", "[deactivate]"), "5:24: malformed: ~the map does not offer"),
                fault(
                        guard.replace("[delete-account]", "[delete-account, delete-account]"),
                        "5:40: malformed: ~flows names delete-account twice."),
                fault(guard.replace(": m ", ": '' "), "5:58: malformed: ~message is an empty text"),
                fault(guard.replace(": m ", ": \"{m\" "), "5:58: malformed: ~A brace stands alone"),
                fault(guard.replace(": m ", ": \"{}\" "), "5:58: malformed: ~Write {column} for a column"),
                fault(guard.replace(": m ", ": m, link: \"a}\" "), "5:67: malformed: ~A brace stands alone"),
                fault(guard.replace(": m ", ": m, link: \"//x.example/{a}\" "), "5:67: malformed: ~is no link"),
                fault(guard.replace(": m ", ": m, link: \"javascript:x\" "), "5:67: malformed: ~Write link: /o/{slug}"),
                fault(guard.replace(": m ", ": m, override: root "), "5:71: unknown-word: ~Valid: never, admin."),
                fault(guard.replace(": m ", ": m, when: x "), "5:61: unknown-word: ~Valid: flows, sql, message, link"),
                fault(HEAD + "warnings: { w: { sql: q } }\n", "5:16: malformed: ~flows is missing"),
                fault(
                        HEAD + "warnings: { w: { flows: [delete-account], sql: q, override: admin } }\n",
                        "5:51: malformed: ~a warning forbids nothing"),
                fault(HEAD + "external: { e: select 1 }\n", "5:16: malformed: ~An external system is the text"),
                fault(HEAD + "external: { e: {} }\n", "5:16: malformed: ~An external system is an empty mapping"),
                fault(HEAD + "external: { e: { locators: '' } }\n", "5:28: malformed: ~locators is an empty text"),
                fault(HEAD + "external: { e: { deadline: 6y } }\n", "5:28: malformed: ~is not a period"),
                fault(HEAD + "external: { e: { before-erasure: 6y } }\n", "5:34: malformed: ~10min"),
                fault(HEAD + "external: { e: { events: [gone] } }\n", "5:27: unknown-word: ~erased"),
                fault(HEAD + "late-rows: never\n", "5:12: malformed: ~late-rows is the text"),
                fault(HEAD + "late-rows: {}\n", "5:12: malformed: ~late-rows is an empty mapping"),
                fault(HEAD + "late-rows: { look: [] }\n", "5:20: malformed: ~look is an empty list"),
                fault(HEAD + "late-rows: { look: [6m] }\n", "5:21: malformed: ~is not a period"),
                fault(HEAD + "late-rows: { then: delete }\n", "5:20: unknown-word: ~erase"),
                fault(
                        HEAD + "external: { e: { events: [erased], url: x } }\n",
                        "5:36: malformed: ~exeunt.external.NAME.url"),
                fault(
                        HEAD + "external: { 'My App': { events: [erased] } }\n",
                        "5:13: malformed: ~is no name of a system"),
                fault(HEAD + "roles: {}\n", "5:8: malformed: ~roles is an empty mapping"),
                fault(HEAD + "roles: { application: app }\n", "5:23: malformed: ~A role is the text \"app\""),
                fault(
                        HEAD + "roles: { application: [app], exempt: [app] }\n",
                        "5:39: malformed: ~app is both of the application and exempt."),
                fault(HEAD + "roles: { application: [app], force: yes }\n", "5:37: malformed: ~force is the text"));
    }

    private static Arguments hide(String hide, String expected) {
        return fault(HEAD + "  t: { subject: a, hide: " + hide + " }\n", expected);
    }
}

package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.samples.SampleCommands.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The guild platform's rows of the acceptance table, as far as commands carry them out. */
class GuildPlatformTest {

    private static final Set<String> OUTSIDE_THE_EXPORT = Set.of("schema", "generated");

    @TempDir
    Path folder;

    @Test
    @DisplayName("the map passes check strictly, for both flows and for deleting the account")
    void check() {
        try (LoadedSample sample = LoadedSample.load("guild-platform")) {
            CommandResult check = new SampleCommands(sample).run("check", "--strict");
            assertThat(check.code()).as(check.out()).isZero();
        }
    }

    @Test
    @DisplayName("GP-01 GP-02 GP-04 two flows, each with its own terms: deactivating blocks the login for 24 hours")
    void flows() {
        try (LoadedSample sample = LoadedSample.load("guild-platform")) {
            DataMap map = sample.map();
            assertThat(map.offers())
                    .extracting(DataMap.Offer::flow)
                    .containsExactly(AccountFlow.DELETE_DATA, AccountFlow.DEACTIVATE);
            assertThat(map.offers()).extracting(DataMap.Offer::grace).containsOnly(TimeSpan.days(30));
            assertThat(map.offer(AccountFlow.DELETE_DATA).orElseThrow().loginBlock())
                    .isNull();
            assertThat(String.valueOf(
                            map.offer(AccountFlow.DEACTIVATE).orElseThrow().loginBlock()))
                    .isEqualTo("24h");
        }
    }

    @Test
    @DisplayName("the export holds what the person made and what is said of them, and nobody's words but theirs")
    void export() {
        try (LoadedSample sample = LoadedSample.load("guild-platform")) {
            JsonNode bundle = new SamplePerson(sample, "handle:anna", folder).exported();
            assertThat(SamplePerson.column(bundle, "account", "email")).containsExactly("Anna@guild.example");
            assertThat(SamplePerson.column(bundle, "identities", "provider"))
                    .containsExactlyInAnyOrder("chat", "games");
            assertThat(SamplePerson.column(bundle, "guilds", "guilds.name"))
                    .containsExactlyInAnyOrder("Iron Owls", "Sunday Club", "Night Shift");
            assertThat(SamplePerson.column(bundle, "points", "points")).containsExactlyInAnyOrder("4200", "-5", "1");
            // what she took down herself is still stored, so it is hers to have
            assertThat(SamplePerson.column(bundle, "characters", "name"))
                    .containsExactlyInAnyOrder("Wallgard", "Mosslet", "Oops");
            assertThat(SamplePerson.column(bundle, "messages", "id"))
                    .containsExactlyInAnyOrder("1", "3", "6", "8", "9");
            assertThat(SamplePerson.column(bundle, "events", "title")).containsExactly("Friday raid");
            assertThat(SamplePerson.column(bundle, "signups", "event_id")).containsExactlyInAnyOrder("1", "2");
            assertThat(SamplePerson.column(bundle, "infractions", "id")).containsExactlyInAnyOrder("1", "2");
            assertThat(SamplePerson.column(bundle, "evidence", "infraction_id"))
                    .containsExactlyInAnyOrder("1", "1", "2");
            assertThat(bundle.get("infractions").get(0).has("moderator_id")).isFalse();
            assertThat(bundle.get("evidence").get(0).propertyNames()).doesNotContain("message_id", "note");
            assertThat(bundle.toString())
                    .doesNotContain("hash-of-anna", "I am in", "She wrote worse", "a witness", "Came late", "dmitri");
        }
    }

    @Test
    @DisplayName("who did nothing gets each section all the same, and empty")
    void exportOfNothing() {
        try (LoadedSample sample = LoadedSample.load("guild-platform")) {
            JsonNode bundle = new SamplePerson(sample, "email:ZOE@guild.example", folder).exported();
            Set<String> filled = new TreeSet<>(bundle.propertyNames());
            filled.removeIf(section -> bundle.get(section).isEmpty());
            filled.removeAll(OUTSIDE_THE_EXPORT);
            assertThat(filled).containsExactly("account", "identities");
            assertThat(bundle.propertyNames()).contains("messages", "infractions", "profile");
        }
    }

    @Test
    @DisplayName("GP-08 infractions and what they cite survive, the account behind them says nobody's name")
    void evidence() {
        try (LoadedSample erased = LoadedSample.load("guild-platform");
                LoadedSample expected = LoadedSample.load("guild-platform")) {
            assertThat(new SampleCommands(erased).run("migrate").code()).isZero();
            new SamplePerson(erased, "1001", folder).erased();
            String name = erased.database().scalar("SELECT handle FROM users WHERE id = 1001");
            String email = erased.database().scalar("SELECT email FROM users WHERE id = 1001");
            // another person already has the handle deleted-1001
            assertThat(name).matches("deleted-1001-[0-9a-f]{8}");
            assertThat(email).matches("deleted-1001-[0-9a-f]{8}@erased\\.invalid");
            String moment = erased.database().scalar("SELECT deleted_at::text FROM users WHERE id = 1001");
            expected.database().execute(byHand(name, email, moment));
            Map<String, List<String>> after = erased.database().snapshot();
            expected.database()
                    .snapshot()
                    .forEach((table, rows) ->
                            assertThat(after.get(table)).as(table).isEqualTo(rows));
            CommandResult verify = new SampleCommands(erased).run("verify", "1001");
            assertThat(verify.code()).as(verify.out()).isZero();
        }
    }

    /** Messages 3 and 9 are cited; 2, 5, 9 and 10 answer her. */
    static String byHand(String handle, String email, String moment) {
        return """
                UPDATE messages SET reply_to = NULL WHERE id IN (2, 5, 9, 10);
                DELETE FROM messages WHERE id IN (1, 6, 8);
                UPDATE guild_events SET organiser_id = NULL WHERE id = 1;
                DELETE FROM event_signups WHERE user_id = 1001;
                DELETE FROM characters WHERE user_id = 1001;
                DELETE FROM guild_points WHERE user_id = 1001;
                DELETE FROM guild_members WHERE user_id = 1001;
                DELETE FROM profiles WHERE user_id = 1001;
                DELETE FROM web_sessions WHERE user_id = 1001;
                DELETE FROM user_identities WHERE user_id = 1001;
                UPDATE users SET handle = '%s', email = '%s', last_seen_at = NULL, login_blocked_until = NULL,
                  deleted_at = '%s'
                WHERE id = 1001;
                """.formatted(handle, email, moment);
    }

    @Test
    @DisplayName("GP-09 the warnings name the guilds that the person would be missing in, or missed by, and no others")
    void warnings() {
        try (LoadedSample sample = LoadedSample.load("guild-platform")) {
            assertThat(warned(sample, "membership", 1001)).containsExactly("Iron Owls", "Night Shift");
            assertThat(warned(sample, "leadership", 1001)).isEmpty();
            assertThat(warned(sample, "membership", 1003)).containsExactly("Night Shift");
            assertThat(warned(sample, "leadership", 1003)).containsExactly("Night Shift", "Sunday Club");
            assertThat(warned(sample, "membership", 1008)).isEmpty();
            assertThat(warned(sample, "leadership", 1008)).isEmpty();
        }
    }

    private static List<String> warned(LoadedSample sample, String name, long subject) {
        String sql = ((MapDefinition) sample.map())
                .lifecycle().warnings().stream()
                        .filter(w -> w.name().text().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .sql()
                        .text();
        return sample.database().column(sql.replace(":subject", Long.toString(subject)));
    }
}

package dev.exeunt.spring.settings.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.ExportSettings;
import dev.exeunt.spring.settings.CredentialHash;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.web.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;

/** What the operator sets, and is told. */
class SettingsReaderTest extends SettingsTestCase {

    @Test
    @DisplayName(
            "PM-05 directory and time come from the environment, which is stronger than a file, which is stronger than the map")
    void order() throws IOException {
        Map<String, Object> file = good();
        ExportSettings map = ExportSettings.DEFAULT;
        assertThat(read(Map.of(), file).export().over(map)).isEqualTo(map);
        file.put("exeunt.export.keep", "48h");
        Path elsewhere = Files.createDirectory(folder.resolve("from"));
        assertThat(read(Map.of(), file).export().over(map).keep()).hasToString("48h");
        ExeuntSettings both = read(Map.of("EXPORT_TTL", "7d", "EXPORT_DIR", elsewhere.toString()), file);
        assertThat(both.export().over(map).keep()).hasToString("7d");
        assertThat(both.archiveDirectory()).isEqualTo(elsewhere);
        assertThat(read(Map.of("EXEUNT_EXPORT_KEEP", "9h"), file)
                        .export()
                        .over(map)
                        .keep())
                .hasToString("9h");
        assertThat(read(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://elsewhere/x"), file)
                        .database()
                        .url()
                        .value())
                .isEqualTo("jdbc:postgresql://localhost/shop");
    }

    @Test
    @DisplayName(
            "PM-05 a bad value stops the start: all of them at once, each with its name, what would be valid and the fix")
    void faults() throws IOException {
        Map<String, Object> file = good();
        file.put("exeunt.key", SECRET);
        file.put("exeunt.map", folder.resolve("nowhere.yaml").toString());
        file.put("exeunt.path", "account/");
        file.put("exeunt.worker.threads", "many");
        file.put("exeunt.test-grace", "1 week");
        file.put("exeunt.export.limit", "often");
        file.put("exeunt.gate.tokens", "short");
        file.put("exeunt.jwt.secret", "short");
        file.put("exeunt.recent-sign-in", "soon");
        file.put("exeunt.exports.keep", "1h");
        List<String> faults =
                faults(Map.of("EXPORT_TTL", "soon", "EXPORT_DIR", file("file").toString()), file);
        assertThat(faults).hasSize(12);
        assertThat(faults)
                .anyMatch(f -> f.startsWith("EXPORT_TTL (systemEnvironment) is \"soon\"") && f.contains("24h"))
                .anyMatch(f -> f.startsWith("EXPORT_DIR") && f.contains("no directory"))
                .anyMatch(f -> f.startsWith("exeunt.exports.keep: there is no such setting")
                        && f.contains("exeunt.export.keep"))
                .anyMatch(f -> f.startsWith("exeunt.jwt.secret") && f.contains("5 bytes"))
                .anyMatch(f -> f.startsWith("exeunt.key") && f.contains("openssl rand -hex 32"))
                .anyMatch(f -> f.startsWith("exeunt.test-grace") && f.contains("0d, 1h, 30d"))
                .anyMatch(f -> f.startsWith("exeunt.worker.threads") && f.contains("from 1 to 64"));
    }

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "");
    }

    @Test
    void whatIsMissingIsToldAtOnceToo() {
        assertThat(faults(Map.of(), Map.of())).hasSize(5).allMatch(f -> f.contains("exeunt."));
    }

    @Test
    void noSecretIsShownWhenSettingsArePrinted() throws IOException {
        assertThat(read(Map.of(), good())).asString().doesNotContain(SECRET, "8899", "jdbc:");
    }

    @Test
    void theDocumentationTellsEverySettingAndEveryProblem() throws IOException {
        assertThat(Files.readString(Path.of("../docs/reference/settings.md")))
                .contains(SettingDefinition.ALL.stream()
                        .map(s -> "| `" + s.name() + "`")
                        .toList());
        String page = Files.readString(Path.of("../docs/reference/http.md"));
        for (ProblemType type : ProblemType.values()) {
            assertThat(page).contains("| `" + type.word() + "` | " + type.status() + " |");
        }
    }

    @Test
    void variablesThatNobodyReadsAreToldWithTheNearestThatIs() throws IOException {
        List<String> faults = faults(
                Map.of(
                        "EXEUNT_RECENT_SIGNIN", "10m",
                        "EXEUNT_GATE_TOKEN", SECRET,
                        "EXEUNT_ADMIN_CLAIMS", "roles",
                        "EXEUNT_DB_PASWORD", SECRET,
                        "EXEUNT_NONSENSE_ALTOGETHER", "x"),
                good());
        assertThat(faults).hasSize(5);
        assertThat(faults)
                .anyMatch(
                        f -> f.startsWith("EXEUNT_RECENT_SIGNIN: there is no such setting. Did you mean EXEUNT_RECENT"))
                .anyMatch(f -> f.contains("EXEUNT_GATE_TOKEN: ") && f.contains("Did you mean EXEUNT_GATE_TOKENS?"))
                .anyMatch(f -> f.contains("EXEUNT_ADMIN_CLAIMS: ") && f.contains("Did you mean EXEUNT_ADMIN_CLAIM?"))
                .anyMatch(f -> f.contains("EXEUNT_DB_PASWORD: ") && f.contains("Did you mean EXEUNT_DB_PASSWORD?"));
        assertThat(faults.stream().filter(f -> f.contains("There are: "))).hasSize(1);
    }

    @Test
    void everySpellingThatIsReadIsNoStranger() throws IOException {
        Map<String, Object> file = good();
        for (SettingDefinition setting : SettingDefinition.ALL) {
            for (String variable : setting.variables()) {
                Map<String, Object> environment = Map.of(variable, "a value of no meaning, but a long one");
                StandardEnvironment all = environment(environment, file);
                assertThat(UnknownSettings.in(all)).as(variable).isEmpty();
                assertThat(new SettingSources(all).find(setting).orElseThrow().value())
                        .as(variable)
                        .startsWith("a value of");
            }
        }
        Map<String, Object> others = Map.of(
                "EXEUNT_SERVICE_HOST", "10.0.0.1",
                "EXEUNT_SERVICE_PORT_HTTP", "80",
                "EXEUNT_PORT", "tcp://10.0.0.1:80",
                "EXEUNT_PORT_80_TCP_ADDR", "10.0.0.1",
                "EXEUNT_SERVER_SERVICE_PORT", "80",
                "EXEUNT_ARCHIVE_S3_REGION", "eu-central-1");
        assertThat(UnknownSettings.in(environment(others, file)))
                .as("what Kubernetes says of a service of that name, and what others read")
                .isEmpty();
    }

    @Test
    void aNameInAFileThatIsNearOneOfOursIsToldWithThatOne() throws IOException {
        assertThat(with("exeunt.jwt.audiance", "shop"))
                .singleElement()
                .asString()
                .contains(
                        "exeunt.jwt.audiance: there is no such setting. Did you mean exeunt.jwt.audience? There are: ");
    }

    @Test
    void whatIsSetToNothingIsNotTakenForUnset() throws IOException {
        for (SettingDefinition setting : SettingDefinition.ALL) {
            if (setting != SettingDefinition.DATABASE_PASSWORD) {
                assertThat(with(setting.name(), " "))
                        .as(setting.name())
                        .filteredOn(f -> !f.contains("are both set"))
                        .hasSize(1)
                        .allMatch(f -> f.startsWith(setting.name()) && f.contains("set to nothing"));
            }
        }
        assertThat(with("exeunt.jwt.audience", "${AUD:}"))
                .singleElement()
                .asString()
                .contains("set to nothing");
        Map<String, Object> file = good();
        file.put("exeunt.database.password", "");
        assertThat(read(Map.of(), file).database().password()).isNull();
    }

    @Test
    void moreThreadsThanConnectionsCarryAreRefused() throws IOException {
        Map<String, Object> file = good();
        file.put("exeunt.worker.threads", "64");
        file.put("exeunt.database.connections", "20");
        assertThat(faults(Map.of(), file))
                .singleElement()
                .asString()
                .contains("exeunt.worker.threads is 64", "connections is 20", "to 132 or more", "to 8 or fewer");
        file.put("exeunt.worker.threads", "8");
        assertThat(read(Map.of(), file).work().threads()).isEqualTo(8);
        file.put("exeunt.database.connections", "4");
        assertThat(faults(Map.of(), file)).singleElement().asString().contains("exeunt.worker.enabled to false");
        file.put("exeunt.worker.enabled", "false");
        assertThat(read(Map.of(), file).database().connections()).isEqualTo(4);
    }

    @Test
    void originsAreWrittenAsBrowsersSendThem() throws IOException {
        Map<String, Object> file = good();
        file.put("exeunt.embed-origins", "https://app.example.org, http://localhost:3000");
        assertThat(read(Map.of(), file).page().embedOrigins())
                .containsExactly("https://app.example.org", "http://localhost:3000");
        for (String wrong :
                List.of("*", "https://app.example.org/", "app.example.org", "https://App.example.org", "null")) {
            assertThat(with("exeunt.embed-origins", wrong))
                    .as(wrong)
                    .singleElement()
                    .asString()
                    .contains("exeunt.embed-origins", "write origins with commas between them");
        }
    }

    @Test
    void pathsThatAreTakenAreRefused() throws IOException {
        for (String path : List.of("/health", "/health/mine", "/prometheus", "/error", "/..", "/a/../b", "/.")) {
            assertThat(with("exeunt.path", path)).as(path).hasSize(1);
            assertThat(with("exeunt.gate.path", path)).as(path).hasSize(1);
        }
        for (String path : List.of("/gate", "/gate/account")) {
            assertThat(faults(Map.of("EXEUNT_PATH", path), good()))
                    .singleElement()
                    .asString()
                    .contains("exeunt.path is " + path, "exeunt.gate.path is /gate");
        }
        assertThat(with("exeunt.gate.path", "/account/gate")).hasSize(1);
        Map<String, Object> file = good();
        file.put("exeunt.path", "/gates");
        assertThat(read(Map.of(), file).path()).isEqualTo("/gates");
    }

    @Test
    void aSecretForLinksIsNoSecretForTokens() throws IOException {
        assertThat(with("exeunt.hand-off.secret", SECRET + " 12345"))
                .singleElement()
                .asString()
                .contains("exeunt.jwt.secret and exeunt.hand-off.secret are the same");
    }

    @Test
    void everySecretDiffersFromEveryOther() throws IOException {
        Map<String, Object> file = good();
        String hash = HexFormat.of().formatHex(CredentialHash.sha256(KEY));
        file.put("exeunt.hand-off.secret", KEY);
        file.put("exeunt.jwt.secret", KEY);
        file.put("exeunt.database.password", KEY);
        file.put("exeunt.gate.tokens", "the first credential; that one is fine, sha256:" + hash);
        file.put("exeunt.archive.s3.secret-key", KEY);
        List<String> faults = faults(Map.of(), file);
        assertThat(faults).as("each of six with each other").hasSize(15);
        assertThat(faults)
                .contains("exeunt.key and exeunt.gate.tokens (credential 2) are the same: a leak of one reveals both."
                        + " Make another for one of them: openssl rand -hex 32")
                .noneMatch(f -> f.contains(KEY) || f.contains(hash));
    }

    @Test
    void formerKeysAreReadAndNeverShown() throws IOException {
        String former = KEY.replace('8', '7');
        Map<String, Object> file = good();
        file.put("exeunt.former-keys", former + ", " + former.replace('7', '6'));
        assertThat(read(Map.of(), file).formerKeys())
                .extracting(ExeuntSettings.SecretValue::value)
                .containsExactly(former, former.replace('7', '6'));
        file.remove("exeunt.former-keys");
        assertThat(read(Map.of("EXEUNT_FORMER_KEYS", former), file).formerKeys())
                .hasSize(1);
        assertThat(with("exeunt.former-keys", former + ",abcd"))
                .singleElement()
                .asString()
                .contains("exeunt.former-keys", "64 hexadecimal digits")
                .doesNotContain(former, "abcd");
        assertThat(with("exeunt.former-keys", KEY))
                .singleElement()
                .asString()
                .contains("exeunt.key and exeunt.former-keys are the same");
    }

    @Test
    void theCopyOfTheLedgerHasOnePlace() throws IOException {
        Map<String, Object> file = good();
        file.put("exeunt.ledger.bucket", "ledgers");
        file.put("exeunt.ledger.lock-days", "3650");
        assertThat(read(Map.of(), file).ledger().bucket())
                .isEqualTo(new ExeuntSettings.LedgerBucket("ledgers", "", 3650, true));
        file.put("exeunt.ledger.url", "https://ledger.example.org/shop");
        assertThat(faults(Map.of(), file))
                .singleElement()
                .asString()
                .contains("exeunt.ledger.url and exeunt.ledger.bucket are both set");

        Map<String, String> places = Map.of(
                "s3://ledgers/shop",
                "LedgerBucket[name=ledgers, prefix=shop, lockDays=0, compliance=true]",
                "https://ledger.example.org/shop",
                "https://ledger.example.org/shop",
                folder.resolve("ledger").toString(),
                folder.resolve("ledger").toString());
        places.forEach((variable, place) -> {
            try {
                ExeuntSettings.LedgerSettings ledger =
                        read(Map.of("EXEUNT_LEDGER", variable), good()).ledger();
                assertThat(ledger.toString()).contains(place);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void settingsOfTheLedgerThatDoNotGoTogetherAreTold() throws IOException {
        assertThat(with("exeunt.ledger.lock-days", "30"))
                .singleElement()
                .asString()
                .contains("goes with exeunt.ledger.bucket");
        assertThat(with("exeunt.ledger.token", SECRET))
                .singleElement()
                .asString()
                .contains("goes with exeunt.ledger.url")
                .doesNotContain(SECRET);
        for (String address :
                List.of("http://ledger.example.org", "https://" + "a:b@ledger.example.org", "https://h/?a")) {
            assertThat(with("exeunt.ledger.url", address))
                    .singleElement()
                    .asString()
                    .contains("exeunt.ledger.url", "https://")
                    .doesNotContain("a:b");
        }
    }

    @Test
    void secretsThatOthersCanGuessAreRefused() throws IOException {
        for (String trivial : List.of(
                "0".repeat(64),
                "ab".repeat(32),
                "0123456789abcdef".repeat(4),
                "abcdefghijklmnopqrstuvwxyz0123456789",
                "abcabcacbabcbacbacbabacbacbcabcabbca",
                "please-change-me-before-you-go-live-1234",
                "password password password password ")) {
            for (String setting : List.of("exeunt.jwt.secret", "exeunt.hand-off.secret", "exeunt.gate.tokens")) {
                assertThat(with(setting, trivial)).as(setting + " " + trivial).hasSize(1);
            }
        }
        assertThat(with("exeunt.key", "0123456789abcdef".repeat(4)))
                .singleElement()
                .asString()
                .contains("exeunt.key", "others can guess it", "openssl rand -hex 32");
        byte[] random = new byte[32];
        Random dice = new Random(4711);
        for (int i = 0; i < 2_000; i++) {
            dice.nextBytes(random);
            assertThat(TrivialSecrets.isTrivial(HexFormat.of().formatHex(random)))
                    .isFalse();
        }
    }

    @Test
    void anAddressThatIsNoneAndADirectoryThatCannotBeMadeAreFaultsLikeOthers() throws IOException {
        Map<String, Object> file = good();
        file.remove("exeunt.jwt.secret");
        file.put("exeunt.jwt.audience", "exeunt");
        file.put("exeunt.jwt.issuer", "https://id.example.org/realms/{shop}");
        file.put("exeunt.archive.directory", folder.resolve("not/there").toString());
        assertThat(faults(Map.of(), file))
                .hasSize(2)
                .anyMatch(f -> f.contains("{shop}") && f.contains("https://id.example.org"))
                .anyMatch(f -> f.startsWith("exeunt.archive.directory")
                        && f.contains(folder.resolve("not").toString()));
    }
}

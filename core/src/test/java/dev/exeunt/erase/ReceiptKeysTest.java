package dev.exeunt.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.erase.Receipt.FileReceipt;
import dev.exeunt.erase.Receipt.RoleReceipt;
import dev.exeunt.erase.Receipt.SideEffectReceipt;
import dev.exeunt.erase.Receipt.TableReceipt;
import dev.exeunt.erase.ReceiptKeys.CheckResult;
import dev.exeunt.erase.ReceiptKeys.ReceiptCheck;
import dev.exeunt.testkit.SeededRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A receipt is checked offline by a public key, and each change of it is found. */
class ReceiptKeysTest {

    private static final int EDITS = 10_000;
    private static final HashKey KEY = HashKey.ofHex("0123456789abcdef".repeat(4));
    private static final HashKey OTHER = HashKey.ofHex("fedcba9876543210".repeat(4));
    private static final ReceiptKeys KEYS = ReceiptKeys.of(KEY);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Receipt UNSIGNED = new Receipt(
            "0d9f4c5e-5b0a-4c9e-8d57-6f5ad1f4a001",
            Instant.parse("2026-03-01T12:00:00Z"),
            1,
            "shop",
            "1f2e",
            "3d4c",
            List.of(
                    new TableReceipt(
                            "people", 1, 0, List.of(new RoleReceipt("self", "delete", 1, null, null, null, 0))),
                    new TableReceipt(
                            "Bestellung \"neu\"",
                            0,
                            12,
                            List.of(new RoleReceipt("buyer", "keep", 12, "§ 147 AO", "Art. 6(1)(c)", "10y", 0)))),
            List.of(new SideEffectReceipt("log", 3, 0, 0, 0)),
            new FileReceipt(2, 0, 1, 0, 0),
            null);

    private static final Receipt SIGNED = UNSIGNED.signedBy(KEY);

    @Test
    void aReceiptIsCheckedWithThePublicKeyAlone() {
        ReceiptKeys published = ReceiptKeys.parse(KEYS.toJson());

        ReceiptCheck check = published.check(SIGNED.toJson());

        assertThat(check.result()).isEqualTo(CheckResult.UNCHANGED);
        assertThat(check.receipt()).isEqualTo(UNSIGNED.receipt());
        assertThat(check.erasedAt()).isEqualTo(UNSIGNED.erasedAt());
        assertThat(KEYS.toJson()).contains("\"kid\":\"" + check.key() + "\"").doesNotContain("0123456789abcdef");
    }

    /** As a file that a person opens, as PostgreSQL stores it, and within the server's answer. */
    @Test
    void spacesAndTheOrderOfMembersDoNotCount() {
        String pretty = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(SIGNED.toMap());

        assertThat(KEYS.check(pretty).result()).isEqualTo(CheckResult.UNCHANGED);
        assertThat(KEYS.check("{\"state\":\"erased\",\"receipt\":" + pretty + "}")
                        .result())
                .isEqualTo(CheckResult.UNCHANGED);
    }

    @Test
    void aReceiptOfAFormerKeyIsStillChecked() {
        assertThat(ReceiptKeys.of(OTHER.withFormer(List.of(KEY)))
                        .check(SIGNED.toJson())
                        .result())
                .isEqualTo(CheckResult.UNCHANGED);
        assertThat(ReceiptKeys.of(OTHER).check(SIGNED.toJson()).result()).isEqualTo(CheckResult.OTHER_KEY);
    }

    @Test
    void aReceiptWithoutASignatureProvesNothing() {
        assertThat(KEYS.check(UNSIGNED.toJson()).result()).isEqualTo(CheckResult.UNSIGNED);
        assertThat(UNSIGNED.signedBy(null).signature()).isNull();
        assertThat(SIGNED.withFiles(null).signature()).isNull();
    }

    @Test
    void eachOfTenThousandRandomEditsIsFound() {
        String right = SIGNED.toJson();
        SeededRandom random = new SeededRandom(4711);
        int changed = 0;
        for (int i = 0; i < EDITS; i++) {
            String wrong = edited(right, random);
            CheckResult result = check(wrong);
            changed += result == CheckResult.CHANGED ? 1 : 0;
            assertThat(result == CheckResult.UNCHANGED && !saysTheSame(wrong, right))
                    .as("edit %s:\n%s", i, wrong)
                    .isFalse();
        }
        assertThat(changed).isGreaterThan(1_000); // the others are no JSON, or name another key
    }

    private static CheckResult check(String json) {
        try {
            return KEYS.check(json).result();
        } catch (ExeuntException e) {
            return CheckResult.CHANGED; // no receipt any more
        }
    }

    /** An added space is no change. */
    private static boolean saysTheSame(String one, String other) {
        return JSON.readTree(one).equals(JSON.readTree(other));
    }

    private static String edited(String text, SeededRandom random) {
        String wrong;
        do {
            int at = random.below(text.length());
            int end = Math.min(text.length(), at + 1 + random.below(12));
            wrong = switch (random.below(4)) {
                case 0 ->
                    text.substring(0, at)
                            + random.one("0", "9", "a", " ", "\"", ",", "}", "é")
                            + text.substring(at + 1);
                case 1 -> text.substring(0, at) + text.substring(end);
                case 2 -> text.substring(0, at) + random.one("1", "x", "null", ",\"a\":1", " ") + text.substring(at);
                default -> text.substring(0, at) + text.substring(at, end).repeat(2) + text.substring(end);
            };
        } while (wrong.equals(text));
        return wrong;
    }

    @Test
    void whatIsNoReceiptIsRefusedInASentence() {
        for (String text :
                List.of("", "[]", "{}", "null", "{\"a\":1}", "{\"receipt\":\"1\",\"receipt\":\"2\"}", "receipt")) {
            assertThatThrownBy(() -> KEYS.check(text))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageStartingWith("This is no receipt of an erasure");
        }
    }

    @Test
    void whatIsNoSetOfKeysIsRefusedInASentence() {
        for (String text : List.of(
                "",
                "{}",
                "{\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"RSA\"}]}",
                "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}]}")) {
            assertThatThrownBy(() -> ReceiptKeys.parse(text))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageStartingWith("These are no public keys of receipts");
        }
    }
}

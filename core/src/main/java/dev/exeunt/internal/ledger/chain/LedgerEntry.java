package dev.exeunt.internal.ledger.chain;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.map.AccountFlow;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the ledger. Its text is a word and pairs, in this order:
 * {@code intent at=2026-03-01T10:00:00Z kind=person request=… flow=delete-account subject=… key=1a2b3c4d}.
 *
 * @param kind of the subject
 * @param about what the number is of
 * @param number of the request or the legal hold; of an erasure without a request, a number of its own
 * @param subject keyed hash of the person's key, or of a guest's value, in hexadecimal; null where an earlier entry of the number has it
 * @param request what is restored of the request; null where the entry is about none
 * @param hold what is restored of the legal hold; null but in {@code held}
 * @param key the id of the key of subject and chain
 */
public record LedgerEntry(
        LedgerEntryType type,
        Instant at,
        SubjectKind kind,
        NumberOf about,
        UUID number,
        @Nullable String subject,
        @Nullable RequestFacts request,
        @Nullable HoldFacts hold,
        String key) {

    /** Says what the number of an entry is of. */
    public enum NumberOf {
        REQUEST,
        /** an erasure without a request */
        ERASURE,
        /** an erasure of a person without an account, by a value */
        GUEST,
        /** a legal hold */
        HOLD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Holds what a lost legal hold is placed again from. Its reason is not here: it may name the person.
     *
     * @param tables as the map names them; empty for all
     */
    public record HoldFacts(@Nullable Instant until, boolean told, List<String> tables) {

        public HoldFacts {
            tables = List.copyOf(tables);
        }
    }

    /**
     * Holds what a lost request is made again from.
     *
     * @param staff whether staff asked for the person; which of them is not said
     */
    public record RequestFacts(
            AccountFlow flow,
            Instant requestedAt,
            @Nullable Instant hiddenAt,
            @Nullable Instant blockedUntil,
            Instant dueAt,
            boolean staff) {}

    public String text() {
        Map<String, @Nullable Object> pairs = new LinkedHashMap<>();
        pairs.put("at", at);
        pairs.put("kind", kind.text());
        pairs.put(about.word(), number);
        pairs.put("subject", subject);
        if (request != null) {
            pairs.put("flow", request.flow().word());
            pairs.put("asked", request.requestedAt());
            pairs.put("hidden", request.hiddenAt());
            pairs.put("blocked", request.blockedUntil());
            pairs.put("due", request.dueAt());
            pairs.put("by", request.staff() ? "staff" : "self");
        }
        if (hold != null) {
            pairs.put("until", hold.until());
            pairs.put("told", hold.told());
            pairs.put("tables", hold.tables().isEmpty() ? null : encoded(hold.tables()));
        }
        pairs.put("key", key);
        return type.word()
                + pairs.entrySet().stream()
                        .filter(e -> e.getValue() != null)
                        .map(e -> " " + e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining());
    }

    /** @throws LedgerException where the text is no entry of this version */
    public static LedgerEntry parse(String text) {
        try {
            String[] words = text.split(" ", -1);
            Map<String, String> pairs = Arrays.stream(words)
                    .skip(1)
                    .map(w -> w.split("=", 2))
                    .collect(Collectors.toMap(p -> p[0], p -> p[1]));
            NumberOf about = Arrays.stream(NumberOf.values())
                    .filter(n -> pairs.containsKey(n.word()))
                    .findFirst()
                    .orElseThrow();
            return new LedgerEntry(
                    LedgerEntryType.of(words[0]),
                    Instant.parse(pairs.get("at")),
                    new SubjectKind(pairs.getOrDefault("kind", "")),
                    about,
                    UUID.fromString(pairs.get(about.word())),
                    pairs.get("subject"),
                    pairs.containsKey("flow") ? facts(pairs) : null,
                    pairs.containsKey("told") ? holdFacts(pairs) : null,
                    pairs.getOrDefault("key", ""));
        } catch (RuntimeException e) {
            throw new LedgerException(
                    LedgerException.Reason.NEWER,
                    "The ledger has entries that this version of Exeunt does not know. Use the version that wrote them.");
        }
    }

    /** Names of tables may hold any character. */
    private static String encoded(List<String> tables) {
        return tables.stream()
                .map(t -> URLEncoder.encode(t, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
    }

    private static HoldFacts holdFacts(Map<String, String> pairs) {
        String tables = pairs.getOrDefault("tables", "");
        return new HoldFacts(
                moment(pairs, "until"),
                Boolean.parseBoolean(pairs.get("told")),
                tables.isEmpty()
                        ? List.of()
                        : Arrays.stream(tables.split(","))
                                .map(t -> URLDecoder.decode(t, StandardCharsets.UTF_8))
                                .toList());
    }

    private static RequestFacts facts(Map<String, String> pairs) {
        return new RequestFacts(
                AccountFlow.of(pairs.getOrDefault("flow", "")).orElseThrow(),
                Instant.parse(pairs.get("asked")),
                moment(pairs, "hidden"),
                moment(pairs, "blocked"),
                Instant.parse(pairs.get("due")),
                "staff".equals(pairs.get("by")));
    }

    private static @Nullable Instant moment(Map<String, String> pairs, String name) {
        String text = pairs.get(name);
        return text == null ? null : Instant.parse(text);
    }
}

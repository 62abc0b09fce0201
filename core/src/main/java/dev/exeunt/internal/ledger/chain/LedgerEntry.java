package dev.exeunt.internal.ledger.chain;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.map.AccountFlow;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the ledger. Its text is a word and pairs, in this order:
 * {@code intent at=2026-03-01T10:00:00Z kind=person request=… flow=delete-account subject=… key=1a2b3c4d}.
 *
 * @param kind of the subject
 * @param number of the request; of an erasure without one, a number of its own
 * @param direct whether there is no request
 * @param subject keyed hash of the person's key, in hexadecimal; null where an earlier entry of the number has it
 * @param request what is restored of the request; null but in {@code requested}
 * @param key the id of the key of subject and chain
 */
public record LedgerEntry(
        LedgerEntryType type,
        Instant at,
        SubjectKind kind,
        UUID number,
        boolean direct,
        @Nullable String subject,
        @Nullable RequestFacts request,
        String key) {

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
        pairs.put(direct ? "erasure" : "request", number);
        pairs.put("subject", subject);
        if (request != null) {
            pairs.put("flow", request.flow().word());
            pairs.put("asked", request.requestedAt());
            pairs.put("hidden", request.hiddenAt());
            pairs.put("blocked", request.blockedUntil());
            pairs.put("due", request.dueAt());
            pairs.put("by", request.staff() ? "staff" : "self");
        }
        pairs.put("key", key);
        return type.word()
                + pairs.entrySet().stream()
                        .filter(e -> e.getValue() != null)
                        .map(e -> " " + e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining());
    }

    /** @throws IllegalArgumentException where the text is no entry of this version */
    public static LedgerEntry parse(String text) {
        String[] words = text.split(" ", -1);
        Map<String, String> pairs = Arrays.stream(words)
                .skip(1)
                .map(w -> w.split("=", 2))
                .collect(Collectors.toMap(p -> p[0], p -> p.length == 2 ? p[1] : ""));
        try {
            boolean direct = pairs.containsKey("erasure");
            return new LedgerEntry(
                    LedgerEntryType.of(words[0]),
                    Instant.parse(pairs.get("at")),
                    new SubjectKind(pairs.getOrDefault("kind", "")),
                    UUID.fromString(pairs.get(direct ? "erasure" : "request")),
                    direct,
                    pairs.get("subject"),
                    pairs.containsKey("flow") ? facts(pairs) : null,
                    pairs.getOrDefault("key", ""));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("This is no entry of the ledger that this version knows.", e);
        }
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

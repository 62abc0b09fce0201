package dev.exeunt.lifecycle;

import dev.exeunt.ledger.Actor;
import dev.exeunt.map.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants to leave.
 *
 * @param key of whom, as somebody types it
 * @param actor who asks: the person, or the staff for them
 * @param reason the person's own words, which are optional and go with them, or the staff's, which they must give
 * @param typed the identifier that the map wants typed; null where nothing was
 * @param acknowledged the digest of the warnings that were read; null where none were
 * @param override whether the staff pass over guards that the map allows them to
 * @param idempotencyKey by which the same wish is known when it arrives again; null where the caller gave none
 */
public record Ask(
        Flow flow,
        String key,
        Actor actor,
        @Nullable String reason,
        @Nullable String typed,
        @Nullable String acknowledged,
        boolean override,
        @Nullable String idempotencyKey) {

    public static Ask self(Flow flow, String key) {
        return new Ask(flow, key, Actor.SELF, null, null, null, false, null);
    }

    public static Ask staff(Flow flow, String key, String name, String reason) {
        return new Ask(flow, key, Actor.staff(name), reason, null, null, false, null);
    }

    public Ask because(String words) {
        return new Ask(flow, key, actor, words, typed, acknowledged, override, idempotencyKey);
    }

    public Ask typing(String identifier) {
        return new Ask(flow, key, actor, reason, identifier, acknowledged, override, idempotencyKey);
    }

    public Ask acknowledging(String digest) {
        return new Ask(flow, key, actor, reason, typed, digest, override, idempotencyKey);
    }

    public Ask overriding() {
        return new Ask(flow, key, actor, reason, typed, acknowledged, true, idempotencyKey);
    }

    public Ask knownBy(String key) {
        return new Ask(flow, this.key, actor, reason, typed, acknowledged, override, key);
    }

    /** Without key and reason. */
    @Override
    public String toString() {
        return "Ask[" + flow.word() + "]";
    }
}

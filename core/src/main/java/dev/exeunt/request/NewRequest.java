package dev.exeunt.request;

import dev.exeunt.map.AccountFlow;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a person or staff submits: flow, subject key, reason, confirmation and acknowledged warnings.
 *
 * <pre>{@code
 * NewRequest.self(AccountFlow.DELETE_DATA, "42").typing("anna@example.org").because("I no longer use it");
 * NewRequest.staff(AccountFlow.DEACTIVATE, "42", "jo", "asked by letter of 3 March");
 * }</pre>
 *
 * @param key the person's, as the caller types it
 * @param actor who asks: the person, or the staff for them
 * @param reason the person's own words, which are optional and go with them, or the staff's, which they must give
 * @param typed the identifier that the map wants typed; null where nothing was
 * @param acknowledged the digest of the warnings that were read; null where none were
 * @param override whether the staff pass over guards that the map allows them to
 * @param idempotencyKey by which a repeated call is recognised; null where the caller gave none
 */
public record NewRequest(
        AccountFlow flow,
        String key,
        Actor actor,
        @Nullable String reason,
        @Nullable String typed,
        @Nullable String acknowledged,
        boolean override,
        @Nullable String idempotencyKey) {

    /** Returns a request that the person makes. */
    public static NewRequest self(AccountFlow flow, String key) {
        return new NewRequest(flow, key, Actor.SELF, null, null, null, false, null);
    }

    /** Returns a request that staff make on behalf of the person. They need not confirm or acknowledge, but give a reason. */
    public static NewRequest staff(AccountFlow flow, String key, String name, String reason) {
        return new NewRequest(flow, key, Actor.staff(name), reason, null, null, false, null);
    }

    /** Returns the same with a reason. */
    public NewRequest because(String words) {
        return new NewRequest(flow, key, actor, words, typed, acknowledged, override, idempotencyKey);
    }

    /** Returns the same with the identifier that the person typed to confirm. */
    public NewRequest typing(String identifier) {
        return new NewRequest(flow, key, actor, reason, identifier, acknowledged, override, idempotencyKey);
    }

    /** Returns the same with the digest of the warnings that the person has read, see {@link RequestPreview.Warnings#digest()}. */
    public NewRequest acknowledging(String digest) {
        return new NewRequest(flow, key, actor, reason, typed, digest, override, idempotencyKey);
    }

    /** Returns the same, passing over guards that the map lets staff pass over. */
    public NewRequest overriding() {
        return new NewRequest(flow, key, actor, reason, typed, acknowledged, true, idempotencyKey);
    }

    /** Returns the same with an idempotency key: a repeated call with it returns the request of the first. */
    public NewRequest knownBy(String key) {
        return new NewRequest(flow, this.key, actor, reason, typed, acknowledged, override, key);
    }

    /** Without key and reason. */
    @Override
    public String toString() {
        return "NewRequest[" + flow.word() + "]";
    }
}

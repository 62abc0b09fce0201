package dev.exeunt.internal.request;

import dev.exeunt.HashKey;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.request.Actor;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.support.security.SigningKey;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Stores a keyed hash of an idempotency key and finds the request that it led to. Without it, a deletion that arrives a
 * second time after it was taken back would begin anew.
 *
 * <p>To be asked while the person's row is locked. Only a keyed hash of person, actor and text is kept, until the request is forgotten or the
 * account erased.
 */
public final class IdempotencyRecord {

    private static final String FIND = """
            SELECT r.id, r.kind FROM exeunt.idempotency i JOIN exeunt.request r ON r.id = i.request
            WHERE i.hash = ANY (ARRAY(SELECT decode(h, 'hex') FROM unnest(:hashes::text[]) AS h)) LIMIT 1
            """;

    private static final String SAVE =
            "INSERT INTO exeunt.idempotency (hash, request) VALUES (decode(:hash, 'hex'), :request)";

    private final RequestTransaction transaction;
    /** Under the present key first: a wish from before a change of the key is found too. */
    private final List<String> hashes;

    /**
     * @param actor whose text it is: staff who act for a person do not run into that person's own, nor another's of the staff
     * @param text of the caller's, one for each wish
     */
    public IdempotencyRecord(RequestTransaction transaction, SubjectKey subject, Actor actor, String text) {
        this.transaction = transaction;
        this.hashes = transaction.context().requireKey().all().stream()
                .map(k -> signingKey(k, transaction.context().kind()))
                .map(k -> hash(k, subject, actor, text))
                .toList();
    }

    /** Returns the key that signs the wishes of one kind of subject. A person's is the one of before there were kinds. */
    static SigningKey signingKey(HashKey key, SubjectKind kind) {
        return new SigningKey(key, kind.equals(SubjectKind.PERSON) ? "idempotency" : "idempotency " + kind.text());
    }

    /**
     * Differs wherever person, actor or text differ. Where one of the three holds a line break itself, each of them stands behind its
     * length.
     */
    static String hash(SigningKey key, SubjectKey subject, Actor actor, String text) {
        List<String> three = List.of(subject.joined(), actor.text(), text);
        boolean plain = three.stream().noneMatch(t -> t.contains("\n"));
        String known = plain
                ? String.join("\n", three)
                : three.stream().map(t -> "\n" + t.length() + " " + t).collect(Collectors.joining());
        return key.signHex(known);
    }

    /**
     * What the text has led to.
     *
     * @param kind of request that is asked for now
     * @throws RequestRefusedException where it has led to one of another kind
     */
    public Optional<UUID> findRequest(String kind) throws SQLException {
        SqlFragment select = SqlTemplate.of(FIND)
                .bind("hashes", hashes.toArray(String[]::new))
                .toFragment();
        return SqlRunner.first(transaction.connection(), select, row -> {
            if (!row.getString("kind").equals(kind)) {
                throw idempotencyKeyReused();
            }
            return row.getObject("id", UUID.class);
        });
    }

    /** What the same text is refused with where it comes with something else. */
    public static RequestRefusedException idempotencyKeyReused() {
        return RequestRefusedException.of(
                RequestRefusedException.RequestRefusalReason.ANOTHER_WISH,
                "Nothing was changed: this Idempotency-Key was used for something else. Make a new one for each wish.");
    }

    public void save(UUID request) throws SQLException {
        SqlFragment insert = SqlTemplate.of(SAVE)
                .bind("hash", hashes.get(0))
                .bind("request", request)
                .toFragment();
        SqlRunner.update(transaction.connection(), insert);
    }
}

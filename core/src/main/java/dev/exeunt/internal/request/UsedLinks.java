package dev.exeunt.internal.request;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.support.security.SigningKey;
import java.time.Duration;
import java.time.Instant;

/**
 * Records the links that were used and the sessions that were ended, for every instance. Each is known by the id that its signature
 * covers, never by its text: a text can be spelled in several ways. Only a keyed hash of the id is kept, until the link or session
 * is over anyway.
 */
public final class UsedLinks {

    /** Clocks differ, and a link is taken for good a little longer than it says. */
    private static final Duration LATER = Duration.ofHours(1);

    private static final String DELETE = "DELETE FROM exeunt.used_link WHERE until < :now";

    private static final String INSERT = """
            INSERT INTO exeunt.used_link (hash, until) VALUES (decode(:hash, 'hex'), :until) ON CONFLICT DO NOTHING
            """;

    private static final String FIND = "SELECT FROM exeunt.used_link WHERE hash = decode(:hash, 'hex')";

    private final LifecycleContext context;

    public UsedLinks(LifecycleContext context) {
        this.context = context;
    }

    /**
     * Records an id as used.
     *
     * @param until when it is over anyway
     * @return whether it is the first time
     */
    public boolean use(String id, Instant until) {
        String hash = hash(id);
        return RequestTransaction.runAndCommit(context, "using a link up", transaction -> {
            SqlFragment delete =
                    SqlTemplate.of(DELETE).bind("now", transaction.now()).toFragment();
            SqlRunner.update(transaction.connection(), delete);
            SqlFragment insert = SqlTemplate.of(INSERT)
                    .bind("hash", hash)
                    .bind("until", until.plus(LATER))
                    .toFragment();
            return SqlRunner.update(transaction.connection(), insert) == 1;
        });
    }

    /** Whether the id was used, and is not over anyway. */
    public boolean used(String id) {
        SqlFragment select = SqlTemplate.of(FIND).bind("hash", hash(id)).toFragment();
        return RequestTransaction.runReadOnly(
                context,
                "asking whether a link was used up",
                transaction -> SqlRunner.exists(transaction.connection(), select));
    }

    private String hash(String id) {
        return new SigningKey(context.requireKey(), "used links").signHex(id);
    }
}

package dev.exeunt.internal.request;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.support.security.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
            INSERT INTO exeunt.used_link (hash, until) SELECT decode(:hash, 'hex'), :until WHERE NOT EXISTS ({find})
            ON CONFLICT DO NOTHING
            """;

    private static final String FIND = """
            SELECT FROM exeunt.used_link WHERE hash = ANY (ARRAY(SELECT decode(h, 'hex') FROM unnest(:hashes::text[]) AS h))""";

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
        List<String> hashes = hashes(id);
        return RequestTransaction.runAndCommit(context, "using a link up", transaction -> {
            SqlFragment delete =
                    SqlTemplate.of(DELETE).bind("now", transaction.now()).toFragment();
            SqlRunner.update(transaction.connection(), delete);
            SqlFragment insert = SqlTemplate.of(INSERT)
                    .fragment("find", find(hashes))
                    .bind("hash", hashes.get(0))
                    .bind("until", until.plus(LATER))
                    .toFragment();
            return SqlRunner.update(transaction.connection(), insert) == 1;
        });
    }

    /** Whether the id was used, and is not over anyway. */
    public boolean used(String id) {
        SqlFragment select = find(hashes(id));
        return RequestTransaction.runReadOnly(
                context,
                "asking whether a link was used up",
                transaction -> SqlRunner.exists(transaction.connection(), select));
    }

    private static SqlFragment find(List<String> hashes) {
        return SqlTemplate.of(FIND)
                .bind("hashes", hashes.toArray(String[]::new))
                .toFragment();
    }

    /** Under the present key first: a link that was used before a change of the key stays used. */
    private List<String> hashes(String id) {
        return new SigningKey(context.requireKey(), "used links").allSignedHex(id);
    }
}

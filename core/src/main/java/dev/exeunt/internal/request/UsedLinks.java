package dev.exeunt.internal.request;

import dev.exeunt.internal.postgres.SqlFragment;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    private final LifecycleContext setting;

    public UsedLinks(LifecycleContext setting) {
        this.setting = setting;
    }

    /**
     * Records an id as used.
     *
     * @param until when it is over anyway
     * @return whether it is the first time
     */
    public boolean use(String id, Instant until) {
        String hash = hash(id);
        return RequestTransaction.runAndCommit(setting, "using a link up", desk -> {
            execute(
                    desk,
                    SqlFragment.of(
                            "DELETE FROM exeunt.used_link WHERE until < CAST(? AS timestamptz)", "" + desk.now()));
            return execute(
                            desk,
                            SqlFragment.of(
                                    "INSERT INTO exeunt.used_link (hash, until) VALUES (decode(?, 'hex'),"
                                            + " CAST(? AS timestamptz)) ON CONFLICT DO NOTHING",
                                    hash,
                                    until.plus(LATER).toString()))
                    == 1;
        });
    }

    /** Whether the id was used, and is not over anyway. */
    public boolean used(String id) {
        SqlFragment select = SqlFragment.of("SELECT FROM exeunt.used_link WHERE hash = decode(?, 'hex')", hash(id));
        return RequestTransaction.runReadOnly(setting, "asking whether a link was used up", desk -> {
            try (PreparedStatement statement = select.prepare(desk.connection());
                    ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        });
    }

    private String hash(String id) {
        return setting.requireKey().signingKey("used links").signHex(id);
    }

    private static int execute(RequestTransaction desk, SqlFragment sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(desk.connection())) {
            return statement.executeUpdate();
        }
    }
}

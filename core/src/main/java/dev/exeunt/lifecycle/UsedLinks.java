package dev.exeunt.lifecycle;

import dev.exeunt.postgres.Fragment;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Records the links that were used and the sessions that were ended, for every instance. Each is known by the id that its signature
 * covers, never by its text: a text can be spelled in several ways. Only a keyed hash of the id is kept, until the link or session
 * is over anyway.
 */
final class UsedLinks {

    /** Clocks differ, and a link is taken for good a little longer than it says. */
    private static final Duration LATER = Duration.ofHours(1);

    private final Setting setting;

    UsedLinks(Setting setting) {
        this.setting = setting;
    }

    /**
     * Records an id as used.
     *
     * @param until when it is over anyway
     * @return whether it is the first time
     */
    boolean use(String id, Instant until) {
        String hash = hash(id);
        return Desk.committed(setting, "using a link up", desk -> {
            execute(
                    desk,
                    Fragment.of("DELETE FROM exeunt.used_link WHERE until < CAST(? AS timestamptz)", "" + desk.now()));
            return execute(
                            desk,
                            Fragment.of(
                                    "INSERT INTO exeunt.used_link (hash, until) VALUES (decode(?, 'hex'),"
                                            + " CAST(? AS timestamptz)) ON CONFLICT DO NOTHING",
                                    hash,
                                    until.plus(LATER).toString()))
                    == 1;
        });
    }

    /** Whether the id was used, and is not over anyway. */
    boolean used(String id) {
        Fragment select = Fragment.of("SELECT FROM exeunt.used_link WHERE hash = decode(?, 'hex')", hash(id));
        return Desk.looking(setting, "asking whether a link was used up", desk -> {
            try (PreparedStatement statement = select.prepare(desk.connection());
                    ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        });
    }

    private String hash(String id) {
        return HexFormat.of()
                .formatHex(Erasing.key(setting).signingKey("used links").sign(id.getBytes(StandardCharsets.UTF_8)));
    }

    private static int execute(Desk desk, Fragment sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(desk.connection())) {
            return statement.executeUpdate();
        }
    }
}

package dev.exeunt.lifecycle;

import dev.exeunt.postgres.Fragment;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** Links that are good once, and sessions that were ended, at any instance. Only a keyed hash is kept, until they are over anyway. */
final class UsedLinks {

    /** Clocks differ, and a link is taken for good a little longer than it says. */
    private static final Duration LATER = Duration.ofHours(1);

    private final Setting setting;

    UsedLinks(Setting setting) {
        this.setting = setting;
    }

    /**
     * Uses a link up.
     *
     * @param link its text
     * @param until when it is over anyway
     * @return whether it is the first time
     */
    boolean use(String link, Instant until) {
        String hash = hash(link);
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

    /** Whether it was used up, and is not over anyway. */
    boolean used(String link) {
        Fragment select = Fragment.of("SELECT FROM exeunt.used_link WHERE hash = decode(?, 'hex')", hash(link));
        return Desk.looking(setting, "asking whether a link was used up", desk -> {
            try (PreparedStatement statement = select.prepare(desk.connection());
                    ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        });
    }

    private String hash(String link) {
        return HexFormat.of()
                .formatHex(Erasing.key(setting).signingKey("used links").sign(link.getBytes(StandardCharsets.UTF_8)));
    }

    private static int execute(Desk desk, Fragment sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(desk.connection())) {
            return statement.executeUpdate();
        }
    }
}

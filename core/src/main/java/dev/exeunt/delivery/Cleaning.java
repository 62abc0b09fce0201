package dev.exeunt.delivery;

import dev.exeunt.archive.Archives;
import dev.exeunt.archive.ObjectName;
import dev.exeunt.delivery.Exports.Cleaned;
import dev.exeunt.delivery.Exports.Terms;
import dev.exeunt.delivery.Jobs.Row;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.EventName;
import dev.exeunt.lifecycle.Desk;
import dev.exeunt.lifecycle.Setting;
import dev.exeunt.postgres.Fragment;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Removes what is over. First the state changes, then the archive goes, then its name: whatever is interrupted, the next goes on. */
final class Cleaning {

    private static final int BATCH = 500;

    /** Longer than anybody writes to one archive without a pause. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private static final String EXPIRE = """
            UPDATE exeunt.request r SET state = 'expired' FROM exeunt.export e
            WHERE e.request = r.id AND r.kind = 'export' AND r.state = 'ready' AND e.expires_at <= CAST(? AS timestamptz)
            RETURNING r.id
            """;

    private static final String FORGET = """
            DELETE FROM exeunt.request r USING exeunt.export e
            WHERE e.request = r.id AND r.kind = 'export' AND r.state IN ('expired', 'failed', 'cancelled') AND e.object IS NULL
                AND coalesce(e.expires_at, r.requested_at) < CAST(? AS timestamptz)
            """;

    private final Setting setting;
    private final Archives archives;
    private final Terms terms;

    Cleaning(Setting setting, Archives archives, Terms terms) {
        this.setting = setting;
        this.archives = archives;
        this.terms = terms;
    }

    Cleaned clean() {
        int expired = Desk.committed(setting, "letting exports expire", Cleaning::expire);
        int removed = 0;
        for (List<Row> over = over(); !over.isEmpty(); over = over()) {
            removed += remove(over);
        }
        int forgotten = Desk.committed(setting, "forgetting exports", this::forget);
        return new Cleaned(expired, removed, forgotten);
    }

    private static int expire(Desk desk) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement statement =
                        Fragment.of(EXPIRE, desk.now().toString()).prepare(desk.connection());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        desk.events().append(EventName.DATA_EXPORT_EXPIRED, desk.now(), ids, Actor.EXEUNT);
        return ids.size();
    }

    private List<Row> over() {
        return Desk.looking(
                setting,
                "looking for archives to remove",
                desk -> new Jobs(desk)
                        .all(" AND e.object IS NOT NULL AND r.state IN ('expired', 'failed', 'cancelled') LIMIT "
                                + BATCH));
    }

    private int remove(List<Row> over) {
        List<String> names = new ArrayList<>();
        for (Row row : over) {
            ObjectName object = Objects.requireNonNull(row.object());
            archives.delete(object);
            names.add(object.text());
        }
        return Desk.committed(
                setting,
                "noting which archives are gone",
                desk -> new Jobs(desk)
                        .execute(Fragment.of("UPDATE exeunt.export SET object = NULL WHERE object = ANY (?)", (Object)
                                names.toArray(String[]::new))));
    }

    private int forget(Desk desk) throws SQLException {
        Instant before = desk.now().minus(terms.remember().longest());
        return new Jobs(desk).execute(Fragment.of(FORGET, before.toString()));
    }

    /** What lies in the archive and no job knows. */
    Archives.Swept sweep() {
        Instant before =
                Desk.looking(setting, "looking at the clock", Desk::now).minus(FORGOTTEN);
        return archives.sweep(before, this::known);
    }

    private Set<ObjectName> known(Set<ObjectName> names) {
        return Desk.looking(setting, "looking for what is known", desk -> {
            Fragment select = Fragment.of("SELECT object FROM exeunt.export WHERE object = ANY (?)", (Object)
                    names.stream().map(ObjectName::text).toArray(String[]::new));
            Set<ObjectName> known = new HashSet<>();
            try (PreparedStatement statement = select.prepare(desk.connection());
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    known.add(new ObjectName(row.getString(1)));
                }
            }
            return known;
        });
    }
}

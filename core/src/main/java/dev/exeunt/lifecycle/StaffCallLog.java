package dev.exeunt.lifecycle;

import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.reach.Subjects;
import dev.exeunt.reach.Subjects.UnknownSubjectException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Records calls of staff in the audit log. The person stands there as a keyed hash, which an erasure may leave. */
final class StaffCallLog {

    private StaffCallLog() {}

    static void record(Setting setting, Actor staff, String call, @Nullable String key) {
        String person = key == null ? null : person(setting, key);
        Desk.committed(setting, "recording a call of staff", desk -> {
            desk.events().called(desk.now(), staff, call, person);
            return staff;
        });
    }

    /** Null where the text can be no person's key, or there is no secret to hash it with. */
    private static @Nullable String person(Setting setting, String key) {
        HashKey secret = setting.key();
        if (secret == null) {
            return null;
        }
        try {
            SubjectKey person = Desk.looking(
                    setting,
                    "looking a person up",
                    desk -> new Subjects(desk.connection(), setting.subject()).parse(key));
            return HexFormat.of().formatHex(secret.hash(person));
        } catch (UnknownSubjectException e) {
            return null; // the call itself tells the caller so
        }
    }
}

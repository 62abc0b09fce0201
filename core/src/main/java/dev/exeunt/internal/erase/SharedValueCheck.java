package dev.exeunt.internal.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.SharedValueRule;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.reach.SubjectRows;
import java.util.ArrayList;
import java.util.List;

/** Stops an erasure where the map says {@code shared: ask} and rows hold a value that another present person holds as well. */
final class SharedValueCheck {

    private SharedValueCheck() {}

    /** @throws SharedValueException where there are such rows; before anything is written */
    static void requireNone(SubjectRows reach) {
        List<String> places = new ArrayList<>();
        for (PlannedRole role : reach.plan().roles()) {
            long rows = reach.sharedRows(role);
            boolean asks = role.source() instanceof KeySource.IdentifierValues identifier
                    && identifier.rule() == SharedValueRule.ASK;
            if (asks && rows > 0) {
                String column = role.table().name() + "." + role.on().get(0).name();
                places.add(rows + (rows == 1 ? " row" : " rows") + " by " + column);
            }
        }
        if (!places.isEmpty()) {
            throw new SharedValueException(places);
        }
    }

    /** Thrown when rows hold a value of the person that another present person holds as well, and the map says to ask. */
    public static final class SharedValueException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        SharedValueException(List<String> places) {
            super("Nothing was erased: another person holds the same value, so it is open whose rows these are: "
                    + String.join(", ", places)
                    + ". Find out whose they are. Then delete them or change the value in one of the two accounts, and erase again;"
                    + " or write shared: leave in the map, and the rows stay as they are.");
        }
    }
}

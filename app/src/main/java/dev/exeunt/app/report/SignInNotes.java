package dev.exeunt.app.report;

import dev.exeunt.map.DataMap;
import java.util.List;

/** What a map without {@code confirm} means for people whose tokens do not tell when they signed in. No finding: it may be meant. */
public record SignInNotes(DataMap map) {

    /** A sentence or two for each flow that asks for no identifier. */
    public List<String> sentences() {
        return map.offers().stream()
                .filter(offer -> offer.confirm() == null)
                .map(offer -> "Flow " + offer.flow().word()
                        + " has no confirm. Over HTTP, people whose token does not tell when"
                        + " they signed in (auth_time) confirm it by typing "
                        + offer.flow().word() + ".")
                .toList();
    }
}

package dev.exeunt.internal.draft;

import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;

/** Groups the tables of a draft by what becomes of their rows, in the order in which a draft shows them. */
enum DraftSection {
    PERSON("the person"),
    TO_DECIDE("to decide, and what waits for a decision"),
    THEIRS("theirs: goes, or stays without what they wrote"),
    OF_OTHERS("what they did in rows of others, and what is kept");

    private final String heading;

    DraftSection(String heading) {
        this.heading = heading;
    }

    String heading() {
        return heading;
    }

    static DraftSection of(DraftTable table) {
        if (table.isSubject()) {
            return PERSON;
        }
        if (table.roles().stream().anyMatch(DraftRole::pending)) {
            return TO_DECIDE;
        }
        boolean theirs = table.roles().stream()
                .anyMatch(r -> r.fate() == ProposedFate.DELETE || r.fate() == ProposedFate.ANONYMIZE);
        return theirs ? THEIRS : OF_OTHERS;
    }
}

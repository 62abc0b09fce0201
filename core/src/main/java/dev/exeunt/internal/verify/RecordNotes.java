package dev.exeunt.internal.verify;

import dev.exeunt.erase.Residue.ResiduePlace;
import java.util.List;
import java.util.Optional;

/** Says in a sentence what is recorded of people's erasure, and what follows for the judgement of their rows. */
final class RecordNotes {

    private RecordNotes() {}

    /** @param links where links still lead to rows */
    static Optional<String> of(JudgedPeople group, List<ResiduePlace> links) {
        if (group.people().isEmpty()) {
            return Optional.empty(); // without an account there is none to be erased
        }
        boolean several = group.people().size() > 1;
        String who = several ? group.people().size() + " of these people" : "The person";
        String has = several ? " have" : " has";
        return switch (group.record().kind()) {
            case ACCOUNT_ERASED -> Optional.empty();
            case KEY_IN_USE_AGAIN ->
                Optional.of((several ? who + " were" : who + " was")
                        + " erased, and a new person has the same key since. Rows written since are the new person's.");
            case DATA_ERASED ->
                Optional.of(
                        who + has
                                + " an account, and a request to delete data was carried out. Rows that came after the request are theirs.");
            case NEVER_ERASED ->
                Optional.of(who + (several ? " are" : " is") + " there, and no erasure of the account is on record.");
            case UNKNOWN ->
                links.isEmpty()
                        ? Optional.empty()
                        : Optional.of("No record of an erasure was found, or the secret was not given."
                                + " Whether a row came after an erasure cannot be told.");
        };
    }
}

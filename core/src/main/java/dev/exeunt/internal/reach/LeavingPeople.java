package dev.exeunt.internal.reach;

import java.util.List;

/**
 * Names the people whose rows are captured together. None of them counts as another person to the others.
 *
 * @param erased the record of people who were erased and whose rows stay
 */
public record LeavingPeople(List<SubjectKey> keys, ErasedPeople erased) {

    public LeavingPeople {
        keys = List.copyOf(keys);
    }
}

package dev.exeunt.internal.reach;

import java.util.List;

/**
 * Names the people whose rows are captured together. None of them counts as another person to the others.
 *
 * @param erased the record of people who were erased and whose rows stay
 * @param values of identifiers by which rows are found besides; of people without an account nothing else tells their rows
 */
public record LeavingPeople(List<SubjectKey> keys, ErasedPeople erased, List<FormerIdentifier> values) {

    public LeavingPeople {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
    }

    /** Names people whether or not their rows are there. */
    public static LeavingPeople named(List<SubjectFinder.NamedSubject> people, ErasedPeople erased) {
        return new LeavingPeople(
                people.stream().map(SubjectFinder.NamedSubject::key).toList(), erased);
    }

    public LeavingPeople(List<SubjectKey> keys, ErasedPeople erased) {
        this(keys, erased, List.of());
    }
}

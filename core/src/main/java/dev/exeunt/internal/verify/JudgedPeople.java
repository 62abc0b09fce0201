package dev.exeunt.internal.verify;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.reach.SubjectKey;
import java.util.List;

/**
 * Groups people whose rows are judged by the same record of an erasure.
 *
 * @param erasure the plan of the flow that erased them
 * @param judged the same plan, limited to the rows that were there when they asked
 */
record JudgedPeople(List<SubjectKey> people, ErasureRecord record, Plan erasure, Plan judged) {

    JudgedPeople {
        people = List.copyOf(people);
    }
}

package dev.exeunt.internal.export.law;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.RowOutcome;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.map.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what becomes of rows when the account is erased, for roles that agree on it.
 *
 * @param roles the roles' names
 * @param kept why and how long the rows stay; null where they are not kept
 */
public record RetentionTerm(
        List<String> roles, RowOutcome outcome, @Nullable RetentionReason kept) {

    public RetentionTerm {
        roles = List.copyOf(roles);
    }

    /**
     * Says why rows stay.
     *
     * @param basis the legal basis; null where the map names none
     * @param period how long after the erasure; null for as long as the reason holds
     * @param thenDelete whether the rows are deleted when the period is over
     */
    public record RetentionReason(
            String reason, @Nullable String basis, @Nullable TimeSpan period, boolean thenDelete) {

        static RetentionReason of(Fate.Keep keep) {
            return new RetentionReason(keep.reason(), keep.basis(), keep.period(), keep.thenDelete());
        }
    }

    /** The terms of the roles, in their order; roles that agree share one. */
    static List<RetentionTerm> of(List<PlannedRole> roles) {
        Map<RetentionTerm, List<String>> terms = new LinkedHashMap<>();
        for (PlannedRole role : roles) {
            RetentionReason kept = role.fate().keep().map(RetentionReason::of).orElse(null);
            terms.computeIfAbsent(new RetentionTerm(List.of(), role.outcome(), kept), term -> new ArrayList<>())
                    .add(role.id().role());
        }
        return terms.entrySet().stream()
                .map(term -> new RetentionTerm(
                        term.getValue(), term.getKey().outcome(), term.getKey().kept()))
                .toList();
    }
}

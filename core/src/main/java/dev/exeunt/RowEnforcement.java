package dev.exeunt;

import java.util.List;

/**
 * Makes the map hold in the database itself: row security makes the rows of hidden and erased people absent for the
 * application's roles, and triggers refuse new rows of people who are leaving.
 *
 * <pre>{@code
 * RowEnforcement enforcement = exeunt.enforcement(map);
 * enforcement.apply(); // after each change of the map or the schema
 * enforcement.status().differences().forEach(System.out::println);
 * }</pre>
 */
public interface RowEnforcement {

    /**
     * Returns the SQL that {@link #apply} would run, for those who must run it themselves.
     *
     * @throws dev.exeunt.map.MapInvalidException with every finding where the map does not hold
     */
    String script();

    /**
     * Enforces the map, in one transaction that waits for locks no longer than the configured time. May be repeated after the map or
     * the schema changed.
     *
     * @throws ExeuntException with every obstacle and the way out, where the map could not hold or would keep a role from its work
     * @throws dev.exeunt.map.MapInvalidException with every finding where the map does not hold
     */
    void apply();

    /** Returns the SQL that {@link #remove} would run; empty where nothing is enforced. */
    String removalScript();

    /**
     * Takes everything out of the application's tables again and restores what was before.
     *
     * @return false where nothing was enforced
     */
    boolean remove();

    /**
     * Compares the database with the map.
     *
     * @throws dev.exeunt.map.MapInvalidException with every finding where the map does not hold
     */
    EnforcementStatus status();

    /**
     * Says how the database differs from the map, what still shows the rows of hidden people, and which form the policies have. Whole
     * sentences.
     *
     * @param differences empty where the database enforces what the map says
     * @param exposures what shows hidden rows, or tells that they exist, although the map is enforced
     * @param policies for each table whose rows become absent, which form the map gives its policy
     */
    record EnforcementStatus(List<String> differences, List<String> exposures, List<String> policies) {
        public EnforcementStatus {
            differences = List.copyOf(differences);
            exposures = List.copyOf(exposures);
            policies = List.copyOf(policies);
        }
    }
}

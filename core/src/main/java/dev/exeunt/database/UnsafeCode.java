package dev.exeunt.database;

import org.jspecify.annotations.Nullable;

/**
 * Names a place where another role can put code that a statement of ours would run with our rights (CVE-2018-1058). Superusers,
 * owners of the database and owners of the application's tables can do so anyway, and are left out.
 *
 * @param place a schema of the role's path in which the other role may create functions and operators; or a table with a trigger whose
 *     function the other role owns
 * @param trigger the trigger's name; null for a schema
 * @param role the other role; {@code PUBLIC} for every role
 */
public record UnsafeCode(String place, @Nullable String trigger, String role) {

    /** One sentence. */
    public String sentence() {
        return trigger == null
                ? (role.equals("PUBLIC") ? "every role" : "the role " + role) + " may create functions in the schema "
                        + place
                        + ", where names are looked up: a statement that calls one by accident runs it with its own rights"
                : "the role " + role + " owns the function of the trigger " + trigger + " on " + place
                        + ", and can change what it does with the rights of those who write there";
    }
}

package dev.exeunt.internal.export.section;

import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tells of each row of a section which roles reach it: asked once a row, written once a query. */
final class RoleFlags {

    private final ExportSection section;
    private final SubjectRows reach;

    /** Sets of roles of which each row is asked whether one of them reaches it. */
    private final List<List<PlannedRole>> asked;

    RoleFlags(ExportSection section, SubjectRows reach) {
        this.section = section;
        this.reach = reach;
        Stream<List<PlannedRole>> columns = section.partial().stream()
                .flatMap(c -> Stream.of(c.allowedBy(), c.isMaskedByText() ? c.maskedBy() : List.of()));
        Stream<List<PlannedRole>> each = section.roleColumn() == null
                ? Stream.empty()
                : section.roles().stream().map(List::of);
        this.asked = Stream.concat(columns, each)
                .filter(roles -> !roles.isEmpty())
                .distinct()
                .toList();
    }

    /** Joins the flags to a row of the section's table; nothing where no flag is asked for. */
    SqlFragment join() {
        if (asked.isEmpty()) {
            return SqlFragment.EMPTY;
        }
        SqlFragment flags = IntStream.range(0, asked.size())
                .mapToObj(i -> SqlTemplate.of("({rows}) AS {flag}")
                        .fragment("rows", reach.matchesAny(asked.get(i)))
                        .identifier("flag", name(i))
                        .toFragment())
                .collect(SqlFragment.joining(", "));
        return SqlTemplate.of("CROSS JOIN LATERAL (SELECT {flags}) AS exeunt_allowed")
                .fragment("flags", flags)
                .toFragment();
    }

    /** True where one of the roles reaches the row. @param roles of a column, or a single one */
    SqlFragment of(List<PlannedRole> roles) {
        return roles.isEmpty()
                ? SqlFragment.of("false")
                : SqlTemplate.of("exeunt_allowed.{flag}")
                        .identifier("flag", name(asked.indexOf(roles)))
                        .toFragment();
    }

    /** The names of the roles that reach the row, as an array. */
    SqlFragment names() {
        SqlFragment names = section.roles().stream()
                .map(r -> SqlTemplate.of("CASE WHEN {reaches} THEN :role END")
                        .fragment("reaches", of(List.of(r)))
                        .bind("role", r.id().role())
                        .toFragment())
                .collect(SqlFragment.joining(", "));
        return SqlTemplate.of("pg_catalog.array_remove(ARRAY[{names}]::pg_catalog.text[], NULL)")
                .fragment("names", names)
                .toFragment();
    }

    private static String name(int number) {
        return "exeunt_" + number;
    }
}

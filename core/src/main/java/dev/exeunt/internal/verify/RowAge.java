package dev.exeunt.internal.verify;

import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * Builds the conditions that tell rows which came after an erasure from older ones. A column that says when a row was made decides.
 * PostgreSQL's own transaction numbers tell only that a row was written since, new or not; a restored backup makes every row look
 * as if it had been.
 */
record RowAge(ErasureRecord record) {

    /** True for rows that were made after the erasure; empty where the map names no such column, or no erasure is recorded. */
    Optional<SqlFragment> madeSince(PlannedRole role) {
        Column created = role.hiding().created();
        Instant erasedAt = record.erasedAt();
        return created == null || erasedAt == null
                ? Optional.empty()
                : Optional.of(SqlTemplate.of("({table}.{created} OPERATOR(pg_catalog.>) :erasedAt AND {written})")
                        .fragment("table", role.table().name().quoted())
                        .identifier("created", created.name())
                        .bind("erasedAt", erasedAt)
                        .fragment("written", writtenSince(role.table()).orElse(SqlFragment.of("TRUE")))
                        .toFragment());
    }

    /** True for rows that a later transaction has written; empty where that cannot be told. */
    Optional<SqlFragment> writtenSince(Table table) {
        Long age = record.transactionAge();
        return age == null || table.kind() == Table.RelationKind.FOREIGN
                ? Optional.empty()
                : Optional.of(SqlTemplate.of("pg_catalog.age({table}.xmin) OPERATOR(pg_catalog.<) :age")
                        .fragment("table", table.name().quoted())
                        .bind("age", age.longValue())
                        .toFragment());
    }
}

package dev.exeunt.internal.draft.judgement;

import dev.exeunt.internal.schema.TableName;
import java.util.Map;

/**
 * Holds the judgement of one schema, as a person wrote it from the schema and its data.
 *
 * @param subject the person's table
 * @param identifiers which columns a draft may name as identifiers; right, acceptable and harmful as for fates
 * @param tables by {@code schema.table}
 * @param unnamedReverse the verdict of a link in the other direction that no judgement names
 */
public record SchemaJudgement(
        String schema,
        TableName subject,
        RoleJudgement identifiers,
        Map<String, TableJudgement> tables,
        RoleJudgement unnamedReverse) {

    /** The name that judgements use for a table: always with its schema, never quoted. */
    static String name(TableName table) {
        return table.schema() + "." + table.name();
    }

    public static TableName table(String name) {
        int dot = name.indexOf('.');
        return new TableName(name.substring(0, dot), name.substring(dot + 1));
    }

    public TableJudgement of(TableName table) {
        TableJudgement judged = tables.get(name(table));
        if (judged == null) {
            throw new AssertionError(schema + " has no judgement of " + table);
        }
        return judged;
    }
}

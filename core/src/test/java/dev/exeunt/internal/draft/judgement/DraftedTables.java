package dev.exeunt.internal.draft.judgement;

import dev.exeunt.internal.draft.MapDrafter;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.List;

/** Drafts a map for a schema and finds its tables and roles. */
record DraftedTables(DatabaseSchema schema, MapDefinition map) {

    static DraftedTables draft(DatabaseSchema schema, TableName subject) {
        return read(schema, MapDrafter.draft(schema, subject).yaml());
    }

    /** Takes this text for the draft. */
    static DraftedTables read(DatabaseSchema schema, String yaml) {
        return new DraftedTables(schema, MapReader.read(yaml, "exeunt.yaml"));
    }

    Table resolve(TableReference reference) {
        return schema.resolve(reference).orElseThrow(() -> new AssertionError("the draft names " + reference));
    }

    /** The roles of a table, or none where the draft does not map it. */
    List<DraftedRole> roles(TableName table) {
        return map.tables().stream()
                .filter(t -> resolve(t.table()).name().equals(table))
                .flatMap(t -> t.roles().stream().map(r -> new DraftedRole(resolve(t.table()), r, this)))
                .toList();
    }

    boolean saysNotPersonal(TableName table) {
        return map.notPersonal().stream()
                .anyMatch(t -> resolve(t.table()).name().equals(table));
    }
}

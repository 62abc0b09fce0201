package dev.exeunt.internal.plan;

import dev.exeunt.internal.map.SharedValueRule;
import dev.exeunt.internal.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the values come from that a role's link columns must hold for a row to belong to a person. */
public sealed interface KeySource {

    /** The source's columns, pairwise with the role's link columns. */
    List<Column> columns();

    /** Takes the subjects' keys as the caller gave them. */
    record SubjectKeyValues(List<Column> columns) implements KeySource {
        public SubjectKeyValues {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Takes the values from one of the subject's identifiers, compared without case.
     *
     * @param shared what the map says of values that another present person holds as well; null where it says nothing
     */
    record IdentifierValues(Column column, @Nullable SharedValueRule shared) implements KeySource {

        /** Returns what becomes of rows of such a value. */
        public SharedValueRule rule() {
            return shared == null ? SharedValueRule.LEAVE : shared;
        }

        @Override
        public List<Column> columns() {
            return List.of(column);
        }
    }

    /**
     * Takes the values from rows that other roles of one table reach.
     *
     * @param roles at least one
     * @param sourceRefersToRole whether it is these columns that refer to the role's rows, and not the other way round
     */
    record RoleRows(List<RoleId> roles, List<Column> columns, boolean sourceRefersToRole) implements KeySource {
        public RoleRows {
            roles = List.copyOf(roles);
            columns = List.copyOf(columns);
        }
    }
}

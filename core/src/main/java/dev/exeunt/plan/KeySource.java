package dev.exeunt.plan;

import dev.exeunt.schema.Column;
import java.util.List;

/** Where the values come from that a role's link columns must hold for a row to belong to a person. */
public sealed interface KeySource {

    /** The source's columns, pairwise with the role's link columns. */
    List<Column> columns();

    /** The subjects' keys as given. */
    record SubjectKeys(List<Column> columns) implements KeySource {
        public SubjectKeys {
            columns = List.copyOf(columns);
        }
    }

    /** A subject's identifier, compared without case. */
    record Identifier(Column column) implements KeySource {
        @Override
        public List<Column> columns() {
            return List.of(column);
        }
    }

    /**
     * These columns of the rows other roles reach, all of one table; a role may be its own source, for trees of rows.
     *
     * @param roles at least one
     * @param referring whether it is these columns that refer to the role's rows, and not the other way round
     */
    record RowsOf(List<RoleId> roles, List<Column> columns, boolean referring) implements KeySource {
        public RowsOf {
            roles = List.copyOf(roles);
            columns = List.copyOf(columns);
        }
    }
}

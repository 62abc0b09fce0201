package dev.exeunt.internal.export.section;

import dev.exeunt.internal.postgres.SqlFragment;
import java.util.List;

/**
 * Describes an export section that a query of Exeunt fills, not a table of the application.
 *
 * @param name of letters, digits and _; where the map has a section of that name, this one gets another
 * @param columns of the rows, in order
 * @param rows a query
 */
public record ExtraSection(String name, List<ExtraColumn> columns, SqlFragment rows) {

    public ExtraSection {
        columns = List.copyOf(columns);
    }

    /**
     * A column of such a section.
     *
     * @param type as PostgreSQL displays it
     */
    public record ExtraColumn(String name, String type) {

        public static final String TEXT = "text";
        public static final String INSTANT = "timestamp with time zone";
        public static final String NUMBER = "bigint";

        public static ExtraColumn text(String name) {
            return new ExtraColumn(name, TEXT);
        }

        public static ExtraColumn instant(String name) {
            return new ExtraColumn(name, INSTANT);
        }

        public static ExtraColumn number(String name) {
            return new ExtraColumn(name, NUMBER);
        }
    }

    public List<String> columnNames() {
        return columns.stream().map(ExtraColumn::name).toList();
    }

    public ExtraSection besides(List<ExportSection> sections) {
        boolean taken = sections.stream().anyMatch(s -> s.name().equalsIgnoreCase(name));
        return taken ? new ExtraSection("exeunt_" + name, columns, rows) : this;
    }

    public CopySql sql() {
        CsvCopySql csv = new CsvCopySql(
                columnNames().stream().map(c -> new CsvCopySql.Cell(c, false)).toList());
        return new CopySql(name, name, csv, rows, rows, List.of());
    }
}

package dev.exeunt.internal.plan.check.leftover;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.fix.LinkSuggestions;
import dev.exeunt.internal.plan.fix.NamedTableFix;
import dev.exeunt.internal.plan.rule.PersonNames;
import dev.exeunt.internal.plan.rule.UnnamedColumns;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.ColumnPrefix;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.WriteHazard;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warns of columns that refer to a person only by their name, without a foreign key, and that the map does not mention: {@code
 * created_by}, {@code member_ids}, {@code author_email}.
 */
public final class HiddenReferenceCheck {

    /** A shorter name, even one that a link has, is another column's as well. */
    private static final int SHORTEST = 3;

    private final BoundMap bound;
    private final PersonNames names;
    private final ReferenceTypes types;
    private final NamedTableFix namedTables;
    private final Set<String> tables = new HashSet<>();
    private final Set<String> said = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private HiddenReferenceCheck(BoundMap bound, List<Finding> found) {
        this.bound = bound;
        this.names = PersonNames.of(bound);
        this.types = new ReferenceTypes(bound.subject());
        this.namedTables = new NamedTableFix(bound);
        bound.schema().tables().stream()
                .map(Table::name)
                .filter(t -> !t.equals(bound.subject().table().name()))
                .forEach(t -> tables.add(PersonNames.singular(t.name())));
        found.stream()
                .filter(f -> f.code() == FindingCode.UNMAPPED_TABLE
                        || f.code() == FindingCode.POINTS_AWAY
                        || f.code() == FindingCode.LEFT_BEHIND)
                .forEach(f -> said.add(f.what()));
    }

    /** @param found before: of a table of which another finding says that it is not mapped nothing is said */
    public static List<Finding> check(BoundMap bound, List<Finding> found) {
        HiddenReferenceCheck check = new HiddenReferenceCheck(bound, found);
        for (Table table : bound.schema().tables()) {
            if (!check.said.contains(table.name().toString()) && !check.notPersonal(table.name())) {
                check.table(table);
            }
        }
        return check.findings;
    }

    private boolean notPersonal(TableName table) {
        return bound.ancestry().withAncestors(table).stream().anyMatch(bound.notPersonal()::contains);
    }

    private void table(Table table) {
        Set<String> mentioned = mentioned(table);
        for (Column column : table.columns()) {
            boolean address = PersonNames.nameAddress(column.name()) && types.hasAddress();
            boolean flag = PersonNames.nameAddress(column.name()) && !types.mayHoldAddress(column);
            boolean named = names.refer(column.name()) || names.refer(ColumnPrefix.bareName(table, column.name()));
            boolean refers = (named || address) && types.mayHold(column);
            if (refers
                    && !flag
                    && !isAnother(table, column)
                    && !column.generated()
                    && !mentioned.contains(column.name())) {
                findings.add(finding(table, column, address));
            }
        }
    }

    /** Columns of foreign keys, links, rules and the subject, and those of which unnamed-column speaks. */
    private Set<String> mentioned(Table table) {
        Set<String> mentioned = new HashSet<>();
        table.foreignKeys().forEach(f -> mentioned.addAll(f.columns()));
        for (TableName above : bound.ancestry().withAncestors(table.name())) {
            bound.planned(above).stream().flatMap(t -> t.roles().stream()).forEach(r -> mention(r, mentioned));
            if (above.equals(bound.subject().table().name())) {
                bound.subject().key().forEach(c -> mentioned.add(c.name()));
                bound.subject().identifiers().forEach(c -> mentioned.add(c.name()));
                table.columns().stream()
                        .map(Column::name)
                        .filter(c -> PersonNames.nameAddress(c) || names.nameSubject(c))
                        .forEach(mentioned::add);
            }
        }
        return mentioned;
    }

    private static void mention(PlannedRole role, Set<String> mentioned) {
        role.on().forEach(c -> mentioned.add(c.name()));
        role.assignments().forEach(a -> mentioned.add(a.column().name()));
        role.fate().retain().forEach(c -> mentioned.add(c.text()));
        if (role.outcome().outlivesErasure()) {
            UnnamedColumns.of(role, Set.of()).forEach(c -> mentioned.add(c.name()));
        }
    }

    /**
     * Whether the name means something else: too little to tell, a number of people ({@code members}), a key in another system, a row of another table
     * ({@code recipient_id} beside a table of recipients), or one of several kinds of rows, of which people are none.
     */
    private boolean isAnother(Table table, Column column) {
        boolean number = column.type().category() == 'N' && names.nameSeveral(column.name());
        boolean otherTable =
                names.personOf(column.name()).filter(tables::contains).isPresent();
        boolean otherKind = ColumnHeuristics.kindBeside(table, column)
                .filter(kind -> kind.type().isEnum()
                        && kind.type().enumLabels().stream().noneMatch(names::refer))
                .isPresent();
        return column.name().length() < SHORTEST
                || number
                || otherTable
                || otherKind
                || ColumnHeuristics.keyElsewhere(ColumnHeuristics.nameWords(column.name()));
    }

    private Finding finding(Table table, Column column, boolean address) {
        String about = table.name() + "." + column.name();
        Position at = bound.mapEntry(table.name())
                .map(t -> t.table().at())
                .orElse(bound.map().subject().table().at());
        return FindingCode.HIDDEN_REFERENCE.finding(
                at,
                about,
                about + (address ? " may hold the e-mail address of a person" : " reads like a reference to a person")
                        + ", without a foreign key, and the map does not mention it.",
                fix(table, column, address));
    }

    /** Whether nothing in the catalogue stands against an update that empties the column. */
    private static boolean maySetNull(Table table, Column column) {
        boolean refused = table.circumstances().stream()
                .anyMatch(c -> c.kind() == WriteHazard.WriteHazardKind.REFUSES_UPDATE
                        || c.kind() != WriteHazard.WriteHazardKind.REFUSES_DELETE
                                && c.kind() != WriteHazard.WriteHazardKind.MATERIALIZED_VIEW
                                && (c.columns().isEmpty() || c.columns().contains(column.name())));
        return !refused && !column.notNull() && column.writable();
    }

    private SuggestedFix fix(Table table, Column column, boolean address) {
        String about = table.name() + "." + column.name();
        String otherwise = "accept: { hidden-reference: { " + about + ": what it holds } }";
        boolean key = types.isKey(column) && !address;
        PlannedTable planned = bound.planned(table.name()).orElse(null);
        String condition = ColumnHeuristics.kindBeside(table, column)
                .map(kind -> ", where: \"" + kind.name() + " = '…'\"")
                .orElse("");
        Table named = address ? null : namedTables.named(table, column).orElse(null);
        if (planned != null && key && condition.isEmpty() && maySetNull(table, column)) {
            SuggestedFix link = named == null
                    ? new LinkSuggestions(bound).byName(planned, column)
                    : namedTables.link(table, column, named);
            return new SuggestedFix(link.paste(), link.words() + "; or " + otherwise);
        }
        String what = link(column, key, condition, named);
        String unmapped =
                planned == null ? "; or under not-personal: why " + table.name() + " holds no personal data" : "";
        return SuggestedFix.words(what + unmapped + "; or " + otherwise);
    }

    /** @param named the table that the column's name names, where that is not the subject's */
    private String link(Column column, boolean key, String condition, @Nullable Table named) {
        if (!key && !types.isText(column)) {
            return "no link reads a column of the type " + column.type().display()
                    + ": let the application take the person out of it";
        }
        if (named != null && !column.type().isText()) {
            return namedTables.words(column, named, condition);
        }
        String link = key ? "subject: " + column.name() : "matches: …, on: " + column.name();
        return "a link { " + link + condition + ", erase: … }";
    }
}

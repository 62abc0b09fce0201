package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.WeakRows;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.PersonalDataCategory;
import dev.exeunt.internal.names.TablePurpose;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Proposes for each personal column of a row that stays whether it is overwritten or retained. */
public final class ColumnProposer {

    /** Says how much personal data of a remaining row the draft overwrites. */
    private enum ErasureDepth {
        /** the person's own words and traits */
        EVERYTHING,
        /** what says who the person is */
        IDENTITY,
        /** where and with what they were connected */
        TRACES,
        /** remarks and addresses of devices beside what has to be kept */
        REMARKS,
        NOTHING
    }

    /**
     * Holds the proposed value of a column, as the map writes it, and the reason.
     *
     * @param value as the map writes it
     * @param why a comment, or empty
     */
    public record ProposedRule(String column, String value, String why) {}

    /**
     * Holds the proposed rules of a role, the columns it retains, and those without a fitting value.
     *
     * @param stuck columns among the retained that should go, and that no value is sure to fit
     */
    public record ProposedColumns(List<ProposedRule> rules, List<String> retain, List<String> stuck) {}

    private static final Set<String> REMARKS = NameWords.set("rationale comment remark opinion message bio");

    private final DraftModel model;
    private final Map<DraftRole, ProposedColumns> known = new HashMap<>();

    public ColumnProposer(DraftModel model) {
        this.model = model;
    }

    public ProposedColumns of(DraftRole role) {
        return known.computeIfAbsent(role, this::propose);
    }

    private ProposedColumns propose(DraftRole role) {
        ProposedColumns columns = new ProposedColumns(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (!role.fate().outlives()) {
            return columns;
        }
        Table table = role.table().table();
        Set<String> keys = new HashSet<>(table.primaryKey());
        table.foreignKeys().stream().map(ForeignKey::columns).forEach(keys::addAll);
        if (!(role.link() instanceof DraftLink.DraftIdentifierLink)) {
            keys.addAll(role.link().columns());
        }
        for (Column column : table.columns()) {
            if (!keys.contains(column.name())) {
                propose(role, column, columns);
            }
        }
        if (role.isSelf()) {
            table.foreignKeys().stream().filter(this::pointsToTheirs).forEach(k -> letGo(table, k, columns));
        }
        return columns;
    }

    /** Whether the draft takes what the key refers to for the person's, such as their picture, or asks about it. */
    private boolean pointsToTheirs(ForeignKey key) {
        DraftTable held = model.table(key.parent());
        return held != null
                && held.roles().stream()
                        .anyMatch(r -> r.link() instanceof DraftLink.DraftReverseLink by
                                && by.key().equals(key));
    }

    private static void letGo(Table table, ForeignKey key, ProposedColumns columns) {
        String column = key.columns().get(0);
        boolean free = key.columns().size() == 1
                && !table.require(column).notNull()
                && !table.primaryKey().contains(column);
        if (free) {
            columns.rules().add(new ProposedRule(column, "null", "points to " + key.parent()));
        }
    }

    private void propose(DraftRole role, Column column, ProposedColumns columns) {
        PersonalDataCategory trait = PersonalDataCategory.of(column);
        Optional<ProposedRule> mark = role.isSelf() ? mark(column) : Optional.empty();
        if (mark.isPresent()) {
            columns.rules().add(mark.get());
        } else if (trait != PersonalDataCategory.PLAIN) {
            boolean goes = goes(depth(role), trait, column)
                    && !linkOfAnother(role, column)
                    && !model.namesTable(role.table().table(), column);
            Optional<String> value = goes
                    ? new ReplacementValues(model, role.table().table(), role.isSelf()).of(column, trait)
                    : Optional.empty();
            value.ifPresentOrElse(
                    v -> columns.rules().add(new ProposedRule(column.name(), v, why(role, column, v))),
                    () -> columns.retain().add(column.name()));
            if (goes && value.isEmpty()) {
                columns.stuck().add(column.name());
            }
        }
    }

    private static boolean linkOfAnother(DraftRole role, Column column) {
        return role.table().roles().stream()
                .anyMatch(r -> r.direct() && r.link().columns().contains(column.name()));
    }

    private static ErasureDepth depth(DraftRole role) {
        DraftTable table = role.table();
        TablePurpose kind = table.kind();
        if (role.isSelf()) {
            return ErasureDepth.EVERYTHING;
        }
        if (role.link() instanceof DraftLink.DraftIdentifierLink) {
            return ErasureDepth.IDENTITY;
        }
        if (kind == TablePurpose.MONEY && role.claim() == LinkRelation.OWNER && !role.pending()) {
            return ErasureDepth.REMARKS;
        }
        if (table.isSubject() || kind == TablePurpose.MONEY || role.pending() || table.kept() || table.container()) {
            return ErasureDepth.NOTHING;
        }
        boolean record = kind == TablePurpose.EVIDENCE;
        if (role.stance() == LinkRelation.PARENT) {
            boolean others = record || !table.direct().isEmpty() || WeakRows.below(role);
            return others && !WeakRows.satellite(role) ? ErasureDepth.NOTHING : ErasureDepth.IDENTITY;
        }
        if (role.claim() != LinkRelation.OWNER) {
            boolean notice = TablePurpose.inbox(table.name().name()) && role.claim() == LinkRelation.ACTOR;
            return notice ? ErasureDepth.EVERYTHING : ErasureDepth.NOTHING;
        }
        return record ? ErasureDepth.TRACES : ErasureDepth.EVERYTHING;
    }

    private static boolean goes(ErasureDepth depth, PersonalDataCategory trait, Column column) {
        return switch (depth) {
            case EVERYTHING -> trait != PersonalDataCategory.CODE;
            case IDENTITY ->
                trait.identifies()
                        || (trait == PersonalDataCategory.FREE
                                && NameWords.of(column.name()).equals(List.of("name")));
            case TRACES -> trait == PersonalDataCategory.NETWORK || trait == PersonalDataCategory.AGENT;
            case REMARKS ->
                trait == PersonalDataCategory.NETWORK
                        || trait == PersonalDataCategory.AGENT
                        || NameWords.of(column.name()).stream().anyMatch(REMARKS::contains);
            case NOTHING -> false;
        };
    }

    /** Columns in which applications mark an account as gone. */
    private static Optional<ProposedRule> mark(Column column) {
        String name = String.join("_", NameWords.of(column.name()));
        if (column.type().isEnum() && Set.of("status", "state").contains(name)) {
            return column.type().enumLabels().stream()
                    .filter(l -> l.equalsIgnoreCase("deleted"))
                    .findFirst()
                    .map(l -> new ProposedRule(column.name(), YamlFormatter.scalar(l), "the enum has a word for it"));
        }
        if (column.type().isDateOrTimestamp() && name.equals("deleted_at")) {
            return Optional.of(new ProposedRule(column.name(), YamlFormatter.quoted("{now}"), "marked as gone"));
        }
        boolean flag = column.type().baseName().equals("bool")
                && Set.of("deleted", "is_deleted").contains(name);
        return flag ? Optional.of(new ProposedRule(column.name(), "true", "marked as gone")) : Optional.empty();
    }

    private static String why(DraftRole role, Column column, String value) {
        if (value.contains("{random}") || value.contains("{key}") || value.contains("sql:")) {
            boolean unique = role.table().table().indexes().stream()
                    .anyMatch(i -> i.unique() && i.columns().contains(column.name()));
            return unique ? "unique" : "";
        }
        return value.equals("null") || !column.notNull() ? "" : "NOT NULL";
    }
}

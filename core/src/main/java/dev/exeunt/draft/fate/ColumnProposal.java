package dev.exeunt.draft.fate;

import dev.exeunt.draft.model.DraftLink;
import dev.exeunt.draft.model.DraftRole;
import dev.exeunt.draft.model.DraftTable;
import dev.exeunt.draft.model.Model;
import dev.exeunt.draft.names.Stance;
import dev.exeunt.draft.names.TableKind;
import dev.exeunt.draft.names.Trait;
import dev.exeunt.draft.names.Words;
import dev.exeunt.map.yaml.YamlText;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** For a role whose rows outlive the erasure: what each column that may tell of the person becomes, or that it stays. */
public final class ColumnProposal {

    /** How much of a row goes. */
    private enum Depth {
        /** the person's own words and traits */
        EVERYTHING,
        /** what says who the person is */
        IDENTITY,
        /** where and with what they were connected */
        TRACES,
        NOTHING
    }

    /**
     * @param value as the map writes it
     * @param why a comment, or empty
     */
    public record ColumnRule(String column, String value, String why) {}

    /** @param stuck columns among the retained that should go, and that no value is sure to fit */
    public record Columns(List<ColumnRule> rules, List<String> retain, List<String> stuck) {}

    private final Model model;
    private final Map<DraftRole, Columns> known = new HashMap<>();

    public ColumnProposal(Model model) {
        this.model = model;
    }

    public Columns of(DraftRole role) {
        return known.computeIfAbsent(role, this::propose);
    }

    private Columns propose(DraftRole role) {
        Columns columns = new Columns(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (!role.fate().outlives()) {
            return columns;
        }
        Table table = role.table().table();
        Set<String> keys = new HashSet<>(table.primaryKey());
        table.foreignKeys().stream().map(ForeignKey::columns).forEach(keys::addAll);
        if (!(role.link() instanceof DraftLink.Matches)) {
            keys.addAll(role.link().columns());
        }
        for (Column column : table.columns()) {
            if (!keys.contains(column.name())) {
                propose(role, column, columns);
            }
        }
        return columns;
    }

    private void propose(DraftRole role, Column column, Columns columns) {
        Trait trait = Trait.of(column);
        Optional<ColumnRule> mark = role.isSelf() ? mark(column) : Optional.empty();
        if (mark.isPresent()) {
            columns.rules().add(mark.get());
        } else if (trait != Trait.PLAIN) {
            boolean goes = goes(depth(role), trait, column) && !linkOfAnother(role, column);
            Optional<String> value = goes
                    ? new Replacement(model, role.table().table(), role.isSelf()).of(column, trait)
                    : Optional.empty();
            value.ifPresentOrElse(
                    v -> columns.rules().add(new ColumnRule(column.name(), v, why(role, column, v))),
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

    private static Depth depth(DraftRole role) {
        DraftTable table = role.table();
        TableKind kind = FateProposal.kind(table);
        if (role.isSelf()) {
            return Depth.EVERYTHING;
        }
        if (role.link() instanceof DraftLink.Matches) {
            return Depth.IDENTITY;
        }
        if (table.isSubject() || kind == TableKind.MONEY || role.pending()) {
            return Depth.NOTHING;
        }
        boolean record = kind == TableKind.EVIDENCE;
        if (Belongings.theirs(role)) {
            return Depth.EVERYTHING;
        }
        if (role.stance() == Stance.PARENT) {
            return record || !table.direct().isEmpty() ? Depth.NOTHING : Depth.IDENTITY;
        }
        if (FateProposal.stance(table, role) != Stance.OWNER) {
            return Depth.NOTHING;
        }
        return record ? Depth.TRACES : Depth.EVERYTHING;
    }

    private static boolean goes(Depth depth, Trait trait, Column column) {
        return switch (depth) {
            case EVERYTHING -> trait != Trait.CODE;
            case IDENTITY ->
                trait.identifies()
                        || (trait == Trait.FREE && Words.of(column.name()).equals(List.of("name")));
            case TRACES -> trait == Trait.NETWORK || trait == Trait.AGENT;
            case NOTHING -> false;
        };
    }

    /** Columns in which applications mark an account as gone. */
    private static Optional<ColumnRule> mark(Column column) {
        String name = String.join("_", Words.of(column.name()));
        if (column.type().isEnum() && Set.of("status", "state").contains(name)) {
            return column.type().enumLabels().stream()
                    .filter(l -> l.equalsIgnoreCase("deleted"))
                    .findFirst()
                    .map(l -> new ColumnRule(column.name(), YamlText.scalar(l), "the enum has a word for it"));
        }
        boolean moment =
                Set.of("timestamptz", "timestamp").contains(column.type().baseName());
        if (moment && name.equals("deleted_at")) {
            return Optional.of(new ColumnRule(column.name(), YamlText.quoted("{now}"), "marked as gone"));
        }
        boolean flag = column.type().baseName().equals("bool")
                && Set.of("deleted", "is_deleted").contains(name);
        return flag ? Optional.of(new ColumnRule(column.name(), "true", "marked as gone")) : Optional.empty();
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

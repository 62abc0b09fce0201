package dev.exeunt.internal.diagram.graph;

import dev.exeunt.internal.diagram.graph.DiagramGraph.CardRow;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the texts of a role's row on a table card, from the planned role. */
record CardRowText(PlannedRole role, TableName subject) {

    static String columns(List<Column> columns) {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }

    CardRow row() {
        List<String> note = new ArrayList<>();
        if (named()) {
            note.add(role.id().role());
        }
        note.addAll(fate());
        if (role.where() != null) {
            note.add("where " + role.where());
        }
        return new CardRow(link(), FateMark.of(role.outcome()), String.join(" · ", note), tip());
    }

    /** A name that tells more than the column does: {@code follower} beside {@code follower_id} does not. */
    private boolean named() {
        String name = role.id().role();
        String column = plain(columns(role.referredTo() ? role.source().columns() : role.on()));
        return !name.equals(Role.ONLY)
                && !name.equals(Role.SELF)
                && !column.equals(plain(name))
                && !column.equals(plain(name) + "id");
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    private String link() {
        String on = columns(role.on());
        if (role.source() instanceof KeySource.IdentifierValues identifier) {
            return on + " ≈ " + identifier.column().name();
        }
        if (role.source() instanceof KeySource.RoleRows rows) {
            TableName parent = rows.roles().get(0).table();
            if (rows.sourceRefersToRole()) {
                return "← " + (parent.equals(subject) ? "" : parent + ".") + columns(rows.columns());
            }
            return parent.equals(subject) ? on : on + " → " + parent;
        }
        return on;
    }

    private List<String> fate() {
        List<String> said = new ArrayList<>();
        role.fate().keep().ifPresent(keep -> {
            said.add(keep.reason());
            if (keep.basis() != null) {
                said.add(keep.basis());
            }
            if (keep.howLong() != null) {
                said.add("for " + keep.howLong());
            }
        });
        int rules = role.fate().rules().size();
        int retained = role.fate().retain().size();
        if (rules > 0) {
            said.add(rules + (rules == 1 ? " column" : " columns") + " overwritten");
        }
        if (retained > 0 && !role.outcome().keepsRows()) {
            said.add(retained + " retained");
        }
        return said;
    }

    private String tip() {
        String source = role.source() instanceof KeySource.RoleRows rows
                ? String.join(
                        " or ", rows.roles().stream().map(RoleId::toString).toList())
                : subject.toString();
        StringBuilder tip = new StringBuilder(role.id() + ": " + word());
        tip.append("\nlink: ").append(link()).append(" (").append(source).append(')');
        fate().forEach(line -> tip.append('\n').append(line));
        if (role.where() != null) {
            tip.append("\nwhere ").append(role.where());
        }
        return tip.toString();
    }

    private String word() {
        return switch (role.outcome()) {
            case UNSPECIFIED -> "the map does not say";
            case DELETE,
                    ANONYMIZE,
                    DETACH,
                    REASSIGN,
                    KEEP,
                    LEAVE_ALONE,
                    UNDECIDED,
                    STASH,
                    OVERWRITE_WHILE_HIDDEN,
                    DELETE_AT_REQUEST -> role.outcome().word();
        };
    }
}

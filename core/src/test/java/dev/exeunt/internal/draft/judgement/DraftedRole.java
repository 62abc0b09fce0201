package dev.exeunt.internal.draft.judgement;

import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.RowOutcome;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads one role of a draft in the words of the judgements.
 *
 * @param table the table whose rows the role reaches
 */
record DraftedRole(Table table, Role role, DraftedTables tables) {

    /** The role's name in a judgement: {@code self}, its columns, or the referring column of a link in the other direction. */
    String key() {
        Link link = role.link();
        if (link instanceof Link.SelfLink) {
            return "self";
        }
        if (link instanceof Link.DirectLink direct) {
            return joined(direct.columns());
        }
        if (link instanceof Link.ThroughLink through) {
            return through.on().isEmpty()
                    ? SchemaJudgement.name(parent(through)) + "." + joined(through.by())
                    : joined(through.on());
        }
        return ((Link.IdentifierLink) link).on().text();
    }

    boolean reversed() {
        return role.link() instanceof Link.ThroughLink through && through.on().isEmpty();
    }

    boolean self() {
        return role.link() instanceof Link.SelfLink;
    }

    /** The parent's columns that the role follows; empty where it does not go through another table. */
    List<String> followed() {
        if (!(role.link() instanceof Link.ThroughLink through)) {
            return List.of();
        }
        List<String> names = through.roles().stream().map(LocatedText::text).toList();
        return tables.roles(parent(through)).stream()
                .filter(r -> names.isEmpty() || names.contains(r.role().name()))
                .map(DraftedRole::key)
                .toList();
    }

    private TableName parent(Link.ThroughLink through) {
        return tables.resolve(through.table()).name();
    }

    RowOutcome outcome() {
        return role.fate().outcome();
    }

    String fate() {
        return outcome().word();
    }

    boolean asks() {
        return outcome().awaitsDecision();
    }

    /** Whether the role keeps its rows as they are, and exports none of them. */
    boolean leavesAlone() {
        return outcome() == RowOutcome.KEEP
                && overwritten().isEmpty()
                && exported().isEmpty();
    }

    boolean conditional() {
        return role.link().where() != null;
    }

    List<String> overwritten() {
        return role.fate().rules().stream().map(r -> r.column().text()).toList();
    }

    /** The columns of these rows that the person's export holds by this role. */
    List<String> exported() {
        List<String> except =
                role.export().except().stream().map(LocatedText::text).toList();
        return role.export().none()
                ? List.of()
                : table.columnNames().stream().filter(c -> !except.contains(c)).toList();
    }

    private static String joined(List<LocatedText> columns) {
        return columns.stream().map(LocatedText::text).collect(Collectors.joining(","));
    }
}

package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.RowOutcome;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asserts that a paste changes no decision of the user's, keeps nothing personal, and overwrites nothing that others use. */
public final class SafePaste {

    private final DatabaseSchema schema;
    private final List<String> harm = new ArrayList<>();

    private SafePaste(DatabaseSchema schema) {
        this.schema = schema;
    }

    public static void assertSafe(MapDefinition before, MapDefinition after, DatabaseSchema schema, Finding finding) {
        SafePaste paste = new SafePaste(schema);
        for (MappedTable table : after.tables()) {
            Optional<MappedTable> old = before.tables().stream()
                    .filter(t -> t.table().text().equals(table.table().text()))
                    .findFirst();
            for (Role role : table.roles()) {
                Optional<Role> was = old.stream()
                        .flatMap(t -> t.roles().stream())
                        .filter(r -> r.name().equals(role.name()))
                        .findFirst();
                paste.role(table, role, was);
            }
        }
        assertThat(paste.harm).as(finding.toString()).isEmpty();
    }

    private void role(MappedTable table, Role role, Optional<Role> was) {
        String name = table.table().text() + "." + role.name();
        Fate fate = role.handling().fate(AccountFlow.DELETE_ACCOUNT);
        Optional<Fate> old = was.map(r -> r.handling().fate(AccountFlow.DELETE_ACCOUNT));
        RowOutcome outcome = old.map(Fate::outcome).orElse(RowOutcome.UNSPECIFIED);
        boolean leftOut = outcome == RowOutcome.ANONYMIZE && fate.outcome() == RowOutcome.KEEP
                || outcome == RowOutcome.ANONYMIZE && fate.outcome() == RowOutcome.DETACH;
        boolean drafted =
                old.flatMap(Fate::keep).filter(k -> isDrafted(table, k)).isPresent();
        if (outcome != RowOutcome.UNSPECIFIED && outcome != fate.outcome() && !leftOut && !drafted) {
            harm.add(name + " was to be " + outcome + ", and is " + fate.outcome());
        }
        List<String> retained = old.map(SafePaste::retained).orElse(List.of());
        schema.tables().stream()
                .filter(t -> t.name().name().equals(table.table().text()))
                .findFirst()
                .ifPresent(t -> retained(fate).stream()
                        .filter(c -> !retained.contains(c) && personal(t, c))
                        .forEach(c -> harm.add(name + " retains " + c)));
        boolean shared =
                role.link() instanceof Link.ThroughLink through && !through.by().isEmpty();
        int rules = old.map(f -> f.rules().size()).orElse(0);
        if (shared && fate.rules().size() > rules) {
            harm.add(name + " overwrites rows that others may refer to");
        }
    }

    /** Whether a draft, and not the map's owner, gave the reason: the rows are part of those that a foreign key leads to. */
    private boolean isDrafted(MappedTable table, Fate.Keep keep) {
        return schema.tables().stream()
                .filter(t -> t.name().name().equals(table.table().text()))
                .flatMap(t -> t.foreignKeys().stream())
                .anyMatch(k -> keep.isPartOf(k.parent().toString()));
    }

    private static boolean personal(Table table, String column) {
        return table.columns().stream().anyMatch(c -> c.name().equals(column) && ColumnHeuristics.personal(c));
    }

    private static List<String> retained(Fate fate) {
        return fate.retain().stream().map(LocatedText::text).toList();
    }
}

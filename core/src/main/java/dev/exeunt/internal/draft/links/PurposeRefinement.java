package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.TablePurpose;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import java.util.List;
import java.util.Set;

/**
 * Refines what a table holds where its columns tell more than its name: a row that names who was reported is evidence, as are
 * comments on it; a row with an amount of money is part of an account. Where only names tell that a row names a person, a reason in it
 * says that it is a decision of theirs, or about them.
 */
public final class PurposeRefinement {

    private static final Set<String> ACCUSED = NameWords.set("reported accused offender");
    private static final Set<String> AMOUNTS = NameWords.set("stake payout amount balance paid refunded debit wager");

    private static final Set<String> MOMENTS = NameWords.set("time timestamp date at on when created occurred epoch");

    /** keys, a moment or two, and a level */
    private static final int MOST_COLUMNS = 6;

    private final DraftModel model;

    public PurposeRefinement(DraftModel model) {
        this.model = model;
    }

    /** Refines every table, notes on a case after the cases. */
    public void refine() {
        model.tables().forEach(t -> t.refine(byColumns(t)));
        model.tables().stream()
                .filter(t -> t.kind() == TablePurpose.THREAD && onCase(t))
                .forEach(PurposeRefinement::noteOnCase);
    }

    private TablePurpose byColumns(DraftTable table) {
        List<String> words = NameWords.singular(table.name().name());
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        if (Set.of("block", "ignore").contains(last)) {
            return has(table, "reason") ? TablePurpose.EVIDENCE : TablePurpose.PERSONAL;
        }
        boolean reported = table.direct().stream()
                .flatMap(r -> r.link().columns().stream())
                .flatMap(c -> NameWords.of(c).stream())
                .anyMatch(ACCUSED::contains);
        if (reported) {
            return TablePurpose.EVIDENCE;
        }
        if (table.kind() == TablePurpose.EVIDENCE
                && TablePurpose.recordByName(table.name().name())
                && table.table().columns().stream().noneMatch(PurposeRefinement::moment)) {
            return TablePurpose.CONTENT;
        }
        if (table.kind() == TablePurpose.CONTENT && joins(table)) {
            return TablePurpose.PERSONAL;
        }
        boolean undeclared = !table.direct().isEmpty()
                && table.direct().stream().allMatch(r -> r.link().inferred());
        if (table.kind() == TablePurpose.CONTENT && undeclared && has(table, "reason")) {
            return TablePurpose.EVIDENCE;
        }
        boolean money = table.kind() == TablePurpose.CONTENT
                && !table.isSubject()
                && table.table().columns().stream().anyMatch(PurposeRefinement::amount);
        return money ? TablePurpose.MONEY : table.kind();
    }

    /** A table that joins people with something else, and is called so: {@code groups_users}. It holds keys and little more. */
    private boolean joins(DraftTable table) {
        List<String> words = NameWords.singular(table.name().name());
        List<String> people = NameWords.singular(model.subject().name().name());
        boolean named = words.size() > 1
                && (words.contains("user") || !people.isEmpty() && words.contains(people.get(people.size() - 1)));
        boolean owned = table.direct().stream().anyMatch(r -> r.stance() == LinkRelation.OWNER);
        boolean another = table.table().columns().stream()
                .filter(c -> table.direct().stream()
                        .noneMatch(r -> r.link().columns().contains(c.name())))
                .anyMatch(c -> NameWords.of(c.name()).size() > 1
                        && NameWords.of(c.name()).contains("id"));
        return named && owned && another && table.table().columns().size() <= MOST_COLUMNS && model.leaf(table.name());
    }

    /** Whether it says when something happened. What does not is no record of it, such as {@code required_action}. */
    private static boolean moment(Column column) {
        return column.type().category() == 'D'
                || NameWords.of(column.name()).stream().anyMatch(MOMENTS::contains);
    }

    private static boolean amount(Column column) {
        return column.type().category() == 'N'
                && NameWords.of(column.name()).stream().anyMatch(AMOUNTS::contains);
    }

    private static boolean has(DraftTable table, String word) {
        return table.table().columnNames().stream()
                .anyMatch(c -> NameWords.of(c).contains(word));
    }

    /** The author of a note on a case only acts on it. */
    private static void noteOnCase(DraftTable table) {
        table.refine(TablePurpose.EVIDENCE);
        table.direct().forEach(DraftRole::markIncidental);
    }

    private boolean onCase(DraftTable table) {
        return table.table().foreignKeys().stream()
                .map(ForeignKey::parent)
                .map(model::table)
                .anyMatch(p -> p != null && p != table && p.kind() == TablePurpose.EVIDENCE);
    }
}

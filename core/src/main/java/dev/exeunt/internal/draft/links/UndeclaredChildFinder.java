package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Links rows that are part of a row of the person's by their own primary key where no foreign key says so: the primary key holds the
 * whole key of the other table, under the same names, or under the table's name before {@code id}.
 */
public final class UndeclaredChildFinder {

    private final DraftModel model;

    public UndeclaredChildFinder(DraftModel model) {
        this.model = model;
    }

    public void link() {
        for (DraftTable child : model.tables()) {
            boolean open = !child.settled() && !child.isSubject() && !child.container();
            if (open && child.all().isEmpty() && model.leaf(child.name())) {
                parent(child).ifPresent(k -> hang(child, k));
            }
        }
    }

    /** The table whose name begins the child's name, else the only other one; none where several may be meant. */
    private Optional<ForeignKey> parent(DraftTable child) {
        List<ForeignKey> keys = model.tables().stream()
                .filter(p -> p != child && !p.isSubject() && !p.container())
                .filter(p -> p.name().schema().equals(child.name().schema()))
                .flatMap(p -> key(child, p).stream())
                .toList();
        List<ForeignKey> named = keys.stream().filter(k -> begins(child, k)).toList();
        List<ForeignKey> meant = named.isEmpty() ? keys : named;
        List<ForeignKey> theirs = meant.stream().filter(this::isTheirs).toList();
        return theirs.stream()
                .filter(k -> theirs.size() == 1)
                .filter(k -> meant.stream().allMatch(o -> o == k || Collections.disjoint(o.columns(), k.columns())))
                .findFirst();
    }

    private boolean isTheirs(ForeignKey key) {
        return model.require(key.parent()).roles().stream().anyMatch(r -> !r.byAddress());
    }

    private static boolean begins(DraftTable child, ForeignKey key) {
        return starts(words(child.name().name()), words(key.parent().name()));
    }

    private static boolean starts(List<String> words, List<String> first) {
        return words.size() > first.size() && words.subList(0, first.size()).equals(first);
    }

    /** As a foreign key would say it. */
    private static Optional<ForeignKey> key(DraftTable child, DraftTable parent) {
        List<String> referred = parent.table().primaryKey();
        List<String> columns = referred.stream()
                .flatMap(c -> column(child, parent, c).stream())
                .toList();
        boolean whole = !referred.isEmpty() && columns.size() == referred.size();
        boolean part = whole && Set.copyOf(child.table().primaryKey()).containsAll(columns);
        boolean free = child.table().foreignKeys().stream()
                .noneMatch(k -> k.columns().stream().anyMatch(columns::contains));
        boolean anchored = columns.stream().anyMatch(c -> names(c, parent));
        if (!part || !free || !anchored || child.table().primaryKey().size() == columns.size()) {
            return Optional.empty();
        }
        return Optional.of(new ForeignKey(
                "",
                child.name(),
                columns,
                parent.name(),
                referred,
                ReferentialAction.NO_ACTION,
                ReferentialAction.NO_ACTION,
                columns,
                false,
                false,
                false));
    }

    /** The child's column of the same name and type; for a key called {@code id} the one that the table's name stands before. */
    private static Optional<String> column(DraftTable child, DraftTable parent, String referred) {
        boolean alone = parent.table().primaryKey().size() == 1;
        String type = parent.table().require(referred).type().baseName();
        List<String> key = words(referred);
        return child.table().columns().stream()
                .filter(c -> c.type().baseName().equals(type))
                .filter(c -> key.size() > 1 || !alone ? c.name().equals(referred) : namedFor(child, c, parent))
                .map(Column::name)
                .findFirst();
    }

    /** {@code order_id} for a table {@code orders}; {@code item_id} of {@code sales_item_tags} for {@code sales_items}. */
    private static boolean namedFor(DraftTable child, Column column, DraftTable parent) {
        List<String> whole = words(parent.name().name());
        boolean below = starts(words(child.name().name()), whole);
        List<String> before = beforeId(column.name());
        return before.equals(whole) || below && names(column.name(), parent);
    }

    /** Whether what stands before {@code id} ends the table's name. */
    private static boolean names(String column, DraftTable parent) {
        List<String> before = beforeId(column);
        List<String> whole = words(parent.name().name());
        int from = whole.size() - before.size();
        return !before.isEmpty()
                && from >= 0
                && whole.subList(from, whole.size()).equals(before);
    }

    private static List<String> beforeId(String column) {
        List<String> words = words(column);
        int last = words.size() - 1;
        return last > 0 && Set.of("id", "uuid").contains(words.get(last)) ? words.subList(0, last) : List.of();
    }

    private static List<String> words(String name) {
        return NameWords.singular(name);
    }

    private void hang(DraftTable child, ForeignKey key) {
        DraftTable parent = model.require(key.parent());
        List<DraftRole> roles =
                parent.roles().stream().filter(r -> !r.byAddress()).toList();
        DraftRole role = child.add(new DraftLink.DraftThroughLink(key), LinkRelation.PARENT);
        List<DraftRole> deleting = roles.stream().filter(DraftRole::deletes).toList();
        role.parents().addAll(deleting.isEmpty() ? roles : deleting);
        if (!deleting.isEmpty()) {
            role.propose(
                    ProposedFate.DELETE, "part of " + parent.name() + " by its key, though no foreign key says so");
        } else if (role.follows()) {
            role.follow(parent.name().toString());
        } else {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "By its key part of " + parent.name()
                            + ", though no foreign key says so. Does it go (delete), or does it" + " stay with "
                            + parent.name() + " (keep)?");
        }
    }
}

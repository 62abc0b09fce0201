package dev.exeunt.internal.draft.model;

import dev.exeunt.internal.draft.names.LinkRelation;
import dev.exeunt.internal.draft.names.NameWords;
import dev.exeunt.internal.draft.names.TablePurpose;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A table and the roles the draft has found in it so far. */
public final class DraftTable {

    private final Table table;
    private final boolean subject;
    private final TablePurpose kind;
    private final List<DraftRole> aside = new ArrayList<>();
    private boolean settled;
    private boolean closed;
    private final List<DraftRole> roles = new ArrayList<>();

    public DraftTable(Table table, boolean subject, TablePurpose kind) {
        this.table = table;
        this.subject = subject;
        this.kind = kind;
    }

    public Table table() {
        return table;
    }

    public TableName name() {
        return table.name();
    }

    public boolean isSubject() {
        return subject;
    }

    public TablePurpose kind() {
        return kind;
    }

    public List<DraftRole> roles() {
        return roles;
    }

    /** With those that the table's entry cannot take. */
    public List<DraftRole> all() {
        return Stream.concat(roles.stream(), aside.stream()).toList();
    }

    public List<DraftRole> direct() {
        return roles.stream().filter(DraftRole::direct).toList();
    }

    public List<DraftRole> deleting() {
        return roles.stream().filter(DraftRole::deletes).toList();
    }

    public boolean undecided() {
        return roles.stream().anyMatch(r -> r.fate() == ProposedFate.UNDECIDED);
    }

    /** Whether a map speaks of it already. */
    public boolean settled() {
        return settled;
    }

    /** @param takesMore whether the map's entry can take another role without a change to what stands there */
    public void settle(boolean takesMore) {
        settled = true;
        closed = !takesMore;
    }

    /** Roles found that the table's entry cannot take: nothing follows from them until somebody has made room. */
    public List<DraftRole> unplacedRoles() {
        return aside;
    }

    /** Adds a role as a map has it. */
    public DraftRole settle(String name, DraftLink link, ProposedFate fate) {
        LinkRelation stance = link instanceof DraftLink.DraftDirectLink
                ? LinkRelation.of(link.columns())
                : link instanceof DraftLink.DraftSelfLink
                        ? LinkRelation.OWNER
                        : link instanceof DraftLink.DraftIdentifierLink ? LinkRelation.TARGET : LinkRelation.PARENT;
        DraftRole role = new DraftRole(this, name, link, stance);
        role.settle(fate);
        roles.add(role);
        return role;
    }

    /** Adds a role under a name no other role here has. */
    public DraftRole add(DraftLink link, LinkRelation stance) {
        return add(link, stance, link instanceof DraftLink.DraftSelfLink ? "self" : NameWords.roleName(link.columns()));
    }

    /** As {@link #add(DraftLink, LinkRelation)}, under this name where it is free. */
    public DraftRole add(DraftLink link, LinkRelation stance, String wanted) {
        DraftRole role = new DraftRole(this, free(wanted, link), link, stance);
        (closed ? aside : roles).add(role);
        return role;
    }

    private String free(String wanted, DraftLink link) {
        boolean taken = wanted.isEmpty() || wanted.equals("link") || wanted.equals("self");
        String base = taken && !(link instanceof DraftLink.DraftSelfLink) ? "role" : wanted;
        String name = base;
        for (int i = 2; named(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    private boolean named(String name) {
        return all().stream().anyMatch(r -> r.name().equals(name));
    }
}

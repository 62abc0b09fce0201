package dev.exeunt.internal.draft.model;

import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.TablePurpose;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table and the roles the draft has found in it so far. */
public final class DraftTable {

    private final Table table;
    private final boolean subject;
    private TablePurpose kind;
    private boolean container;

    @Nullable
    private TableName keeper;

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

    /** Says what the table holds where more than its own name tells. */
    public void refine(TablePurpose refined) {
        kind = refined;
    }

    /** Whether several people work in each of its rows: an organisation, a team, a project. */
    public boolean container() {
        return container;
    }

    /** Marks the table as one in whose rows several people work. */
    public void markContainer() {
        container = true;
    }

    /** The container that each row has a key to, e.g. the team of a document. */
    public Optional<TableName> keeper() {
        return Optional.ofNullable(keeper);
    }

    /**
     * Whether a row is as much the container's as its author's: what people make, publish or write down in a team, but not their
     * settings, credentials and comments there.
     */
    public boolean kept() {
        boolean work = kind == TablePurpose.CONTENT
                || kind == TablePurpose.THREAD
                        && TablePurpose.published(table.name().name());
        return keeper != null && work;
    }

    /** @param table the container whose rows keep the rows of this table */
    public void keepIn(TableName table) {
        keeper = table;
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

    /**
     * Returns the roles found that the table's entry has no room for. They have no effect until the map's author makes
     * room.
     */
    public List<DraftRole> unplacedRoles() {
        return aside;
    }

    /**
     * Adds a role as a map has it.
     *
     * @param subjectName the name of the subject's table
     */
    public DraftRole settle(String name, DraftLink link, ProposedFate fate, String subjectName) {
        LinkRelation stance = link instanceof DraftLink.DraftDirectLink
                ? LinkRelation.of(link.columns(), subjectName)
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

package dev.exeunt.map.yaml;

import dev.exeunt.map.Link;
import dev.exeunt.map.Position;
import dev.exeunt.map.Role;
import dev.exeunt.map.Subject;
import dev.exeunt.map.TableRef;
import dev.exeunt.map.Word;
import dev.exeunt.map.yaml.RowsReader.Said;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an entry under {@code tables:}, and hands what is said for the whole table down to its roles. */
final class TableReader {

    private static final Expected TABLE =
            new Expected("A table", "a link and a fate", "sessions: { subject: user_id, erase: delete }");
    private static final Expected LINKS =
            new Expected("links", "named links", "links: { author: { subject: author_id } }");
    private static final Expected LINK =
            new Expected("A link", "subject, through or matches", "author: { subject: author_id }");
    private static final Expected SECTION = new Expected("section", "a name", "section: profile");

    private final NodeReader nodes;
    private final Faults faults;
    private final TableNames names;
    private final LinkReader links;
    private final RowsReader rows;
    private final @Nullable Subject subject;

    /** @param subject null if it could not be read; then any table may be the subject's */
    TableReader(NodeReader nodes, FlowReader flows, @Nullable Subject subject) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.names = new TableNames(faults);
        this.links = new LinkReader(nodes);
        this.rows = new RowsReader(nodes, flows);
        this.subject = subject;
    }

    /** The table as far as it could be read, or null if even its name is at fault. */
    @Nullable
    Read read(Yaml.Entry entry) {
        TableRef table = names.read(entry.key());
        Fields fields = nodes.fields(entry.value(), Vocabulary.TABLE, TABLE);
        Yaml section = fields == null ? null : fields.value("section");
        Word name = section == null ? null : nodes.name(section, SECTION);
        List<Role> roles = fields == null ? List.of() : roles(entry.key(), table, fields);
        return table == null ? null : new Read(table, name, roles);
    }

    private List<Role> roles(Word name, @Nullable TableRef table, Fields fields) {
        Said said = rows.said(fields, Said.NOTHING);
        List<Role> roles = new ArrayList<>();
        if (table != null && subject != null && TableNames.same(table, subject.table())) {
            refuseInline(name, fields);
            roles.add(rows.role(new Word(Role.SELF, name.at()), new Link.Self(name.at()), said));
            roles.addAll(named(fields, Said.NOTHING, true));
            return roles;
        }
        if (fields.has("links")) {
            refuseInlineBesideLinks(fields);
            return named(fields, said, false);
        }
        Link link = links.read(fields);
        if (link != null) {
            roles.add(rows.role(new Word(Role.ONLY, name.at()), link, said));
        } else if (subject != null || fields.mean("where", "on", "by", "role")) {
            refuseUnlinked(name.at(), Shown.name(name.text()), fields);
        }
        return roles;
    }

    private List<Role> named(Fields fields, Said inherited, boolean selfTaken) {
        List<Role> roles = new ArrayList<>();
        Yaml links = fields.value("links");
        List<Yaml.Entry> entries = links == null ? List.of() : nodes.entries(links, LINKS);
        for (Yaml.Entry entry : entries) {
            if (selfTaken && entry.key().text().equals(Role.SELF)) {
                faults.malformed(
                        entry.key().at(),
                        "self is the name of the subject's own row already.",
                        "Give this link another name.");
            }
            Role role = named(entry, inherited);
            if (role != null) {
                roles.add(role);
            }
        }
        return roles;
    }

    private @Nullable Role named(Yaml.Entry entry, Said inherited) {
        Fields fields = nodes.fields(entry.value(), Vocabulary.LINK, LINK);
        if (fields == null) {
            return null;
        }
        Said said = rows.said(fields, inherited);
        Link link = links.read(fields);
        if (link == null) {
            refuseUnlinked(fields.at(), "The link " + Shown.name(entry.key().text()), fields);
            return null;
        }
        return rows.role(entry.key(), link, said);
    }

    /** Links that were tried have had their faults already. */
    private void refuseUnlinked(Position at, String what, Fields fields) {
        if (!fields.mean("subject", "through", "matches", "links")) {
            faults.malformed(
                    at,
                    what + " does not say how its rows belong to a person: subject, through or matches.",
                    LinkReader.FIX);
        }
    }

    private void refuseInline(Word table, Fields fields) {
        for (String word : LinkReader.WORDS) {
            Yaml.Entry entry = fields.entry(word);
            if (entry != null) {
                faults.malformed(
                        entry.key().at(),
                        Shown.name(table.text()) + " is the subject's own table: its rows need no " + word + ".",
                        "Take " + word + " out; another way in which its rows belong to people goes under links:");
            }
        }
    }

    private void refuseInlineBesideLinks(Fields fields) {
        for (String word : LinkReader.WORDS) {
            Yaml.Entry entry = fields.entry(word);
            if (entry != null) {
                faults.malformed(
                        entry.key().at(),
                        "The table has links, and " + word + " beside them.",
                        "Move " + word + " into an entry under links:");
            }
        }
    }

    /** @param section as the map gives it, or null */
    record Read(TableRef table, @Nullable Word section, List<Role> roles) {}
}

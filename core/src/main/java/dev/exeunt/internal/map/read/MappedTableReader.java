package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MappedTable.FileColumn;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.SubjectDefinition;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.internal.map.notice.ProcessingTerms;
import dev.exeunt.internal.map.read.RoleReader.RowSettings;
import dev.exeunt.internal.map.read.file.FileColumnReader;
import dev.exeunt.internal.map.read.notice.PrivacyNoticeReader;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.LanguageTextReader;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.DataMap.TableWords;
import dev.exeunt.map.Finding.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an entry under {@code tables:} and passes the table's own settings on to its roles. */
final class MappedTableReader {

    private static final ExpectedNode TABLE =
            new ExpectedNode("A table", "a link and a fate", "sessions: { subject: user_id, erase: delete }");
    private static final ExpectedNode LINKS =
            new ExpectedNode("links", "named links", "links: { author: { subject: author_id } }");
    private static final ExpectedNode LINK =
            new ExpectedNode("A link", "subject, through or matches", "author: { subject: author_id }");
    private static final ExpectedNode SECTION = new ExpectedNode("section", "a name", "section: profile");
    private static final ExpectedNode TITLE = new ExpectedNode(
            "title", "a text, or one for each language", "title: { en: Your orders, de: Ihre Bestellungen }");
    private static final ExpectedNode MEANS = new ExpectedNode(
            "means", "a text, or one for each language", "means: \"What you bought, and where it was sent.\"");

    private final NodeReader nodes;
    private final FaultCollector faults;
    private final TableNameParser names;
    private final LinkReader links;
    private final RoleReader rows;
    private final LanguageTextReader texts;
    private final PrivacyNoticeReader notices;
    private final @Nullable SubjectDefinition subject;

    /** @param subject null if it could not be read; then any table may be the subject's */
    MappedTableReader(NodeReader nodes, FlowReader flows, @Nullable SubjectDefinition subject) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.names = new TableNameParser(faults);
        this.links = new LinkReader(nodes);
        this.rows = new RoleReader(nodes, flows);
        this.texts = new LanguageTextReader(nodes);
        this.notices = new PrivacyNoticeReader(nodes);
        this.subject = subject;
    }

    /** The table as far as it could be read, or null if even its name is at fault. */
    @Nullable
    ReadTable read(YamlNode.YamlEntry entry) {
        TableReference table = names.read(entry.key());
        MappingFields fields = nodes.fields(entry.value(), AllowedWords.TABLE, TABLE);
        YamlNode section = fields == null ? null : fields.value("section");
        LocatedText name = section == null ? null : nodes.name(section, SECTION);
        List<Role> roles = fields == null ? List.of() : roles(entry.key(), table, fields);
        ProcessingTerms terms = fields == null ? ProcessingTerms.NONE : notices.terms(fields);
        YamlNode named = fields == null ? null : fields.value("files");
        List<FileColumn> files = named == null ? List.of() : new FileColumnReader(nodes).read(named);
        return table == null ? null : new ReadTable(table, name, words(fields), terms, files, roles);
    }

    private TableWords words(@Nullable MappingFields fields) {
        return new TableWords(texts(fields, "title", TITLE), texts(fields, "means", MEANS));
    }

    private Map<String, String> texts(@Nullable MappingFields fields, String word, ExpectedNode expected) {
        YamlNode value = fields == null ? null : fields.value(word);
        return value == null ? Map.of() : texts.read(value, expected);
    }

    private List<Role> roles(LocatedText name, @Nullable TableReference table, MappingFields fields) {
        RowSettings said = rows.said(fields, RowSettings.NOTHING);
        List<Role> roles = new ArrayList<>();
        if (table != null && subject != null && TableNameParser.same(table, subject.table())) {
            refuseInline(name, fields);
            roles.add(rows.role(new LocatedText(Role.SELF, name.at()), new Link.SelfLink(name.at()), said));
            roles.addAll(named(fields, RowSettings.NOTHING, true));
            return roles;
        }
        if (fields.has("links")) {
            refuseInlineBesideLinks(fields);
            return named(fields, said, false);
        }
        Link link = links.read(fields);
        if (link != null) {
            roles.add(rows.role(new LocatedText(Role.ONLY, name.at()), link, said));
        } else if (subject != null || fields.mean("where", "on", "by", "role", "shared")) {
            refuseUnlinked(name.at(), ValueExcerpt.name(name.text()), fields);
        }
        return roles;
    }

    private List<Role> named(MappingFields fields, RowSettings inherited, boolean selfTaken) {
        List<Role> roles = new ArrayList<>();
        YamlNode links = fields.value("links");
        List<YamlNode.YamlEntry> entries = links == null ? List.of() : nodes.entries(links, LINKS);
        for (YamlNode.YamlEntry entry : entries) {
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

    private @Nullable Role named(YamlNode.YamlEntry entry, RowSettings inherited) {
        MappingFields fields = nodes.fields(entry.value(), AllowedWords.LINK, LINK);
        if (fields == null) {
            return null;
        }
        RowSettings said = rows.said(fields, inherited);
        Link link = links.read(fields);
        if (link == null) {
            refuseUnlinked(
                    fields.at(), "The link " + ValueExcerpt.name(entry.key().text()), fields);
            return null;
        }
        return rows.role(entry.key(), link, said);
    }

    /** Links that were tried have had their faults already. */
    private void refuseUnlinked(Position at, String what, MappingFields fields) {
        if (!fields.mean("subject", "through", "matches", "links")) {
            faults.malformed(
                    at,
                    what + " does not say how its rows belong to a person: subject, through or matches.",
                    LinkReader.FIX);
        }
    }

    private void refuseInline(LocatedText table, MappingFields fields) {
        for (String word : LinkReader.WORDS) {
            YamlNode.YamlEntry entry = fields.entry(word);
            if (entry != null) {
                faults.malformed(
                        entry.key().at(),
                        ValueExcerpt.name(table.text()) + " is the subject's own table: its rows need no " + word + ".",
                        "Take " + word + " out; another way in which its rows belong to people goes under links:");
            }
        }
    }

    private void refuseInlineBesideLinks(MappingFields fields) {
        for (String word : LinkReader.WORDS) {
            YamlNode.YamlEntry entry = fields.entry(word);
            if (entry != null) {
                faults.malformed(
                        entry.key().at(),
                        "The table has links, and " + word + " beside them.",
                        "Move " + word + " into an entry under links:");
            }
        }
    }

    /**
     * Holds a table's entry as far as it could be read, before it has a section name.
     *
     * @param section as the map gives it, or null
     * @param words what people read about the table
     * @param terms what the table says of the use of its rows
     * @param files its columns that name files
     */
    record ReadTable(
            TableReference table,
            @Nullable LocatedText section,
            TableWords words,
            ProcessingTerms terms,
            List<FileColumn> files,
            List<Role> roles) {}
}

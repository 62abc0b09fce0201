package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.SharedValueRule;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how rows belong to a person, from a table with one link or from an entry under {@code links:}. */
public final class LinkReader {

    /** Words that make a link. */
    public static final List<String> KINDS = List.of("subject", "through", "matches");

    /** All words that belong to a link. */
    public static final List<String> WORDS =
            List.of("subject", "through", "role", "matches", "shared", "on", "by", "where");

    static final String FIX =
            "Write subject: user_id, or through: table with on: column, or matches: email with on: column";

    private static final ExpectedNode SUBJECT = ExpectedNode.columns("subject", "subject: user_id");
    private static final ExpectedNode ON = ExpectedNode.columns("on", "on: catch_id");
    private static final ExpectedNode BY = ExpectedNode.columns("by", "by: photo_id");
    private static final ExpectedNode THROUGH = new ExpectedNode("through", "a table", "through: catches");
    private static final ExpectedNode ROLE =
            new ExpectedNode("role", "a role of that table, or a list of roles", "role: author");
    private static final ExpectedNode MATCHES =
            new ExpectedNode("matches", "an identifier of the subject", "matches: email");
    private static final ExpectedNode MATCHED = ExpectedNode.column("on", "matches: email, on: email");
    private static final ExpectedNode SHARED =
            new ExpectedNode("shared", "leave, mine-if-present or ask", "shared: leave");
    private static final ExpectedNode WHERE =
            new ExpectedNode("where", "an SQL expression", "where: \"actor_kind = 'user'\"");

    private final NodeReader nodes;
    private final FaultCollector faults;
    private final TableNameParser tables;

    LinkReader(NodeReader nodes) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.tables = new TableNameParser(faults);
    }

    /** The link that these fields say, or null: after a fault, or if they say none. */
    @Nullable
    Link read(MappingFields fields) {
        List<YamlNode.YamlEntry> kinds = KINDS.stream()
                .filter(fields::has)
                .map(kind -> fields.entries().get(kind))
                .toList();
        if (kinds.size() > 1) {
            faults.malformed(
                    kinds.get(1).key().at(),
                    "A link says both " + kinds.get(0).key() + " and "
                            + kinds.get(1).key() + ".",
                    "Make them two entries under links:");
            return null;
        }
        LocatedText where = where(fields);
        if (kinds.isEmpty()) {
            return null;
        }
        YamlNode.YamlEntry kind = kinds.get(0);
        refuseStrays(fields, kind.key());
        return switch (kind.key().text()) {
            case "subject" -> direct(kind, where);
            case "through" -> through(kind, fields, where);
            default -> matches(kind, fields, where);
        };
    }

    private void refuseStrays(MappingFields fields, LocatedText kind) {
        List<YamlNode.YamlEntry> strays = new ArrayList<>();
        if (fields.has("role") && !kind.text().equals("through")) {
            strays.add(fields.entries().get("role"));
        }
        if (fields.has("by") && !kind.text().equals("through")) {
            strays.add(fields.entries().get("by"));
        }
        if (fields.has("shared") && !kind.text().equals("matches")) {
            strays.add(fields.entries().get("shared"));
        }
        if (fields.has("on") && kind.text().equals("subject")) {
            strays.add(fields.entries().get("on"));
        }
        for (YamlNode.YamlEntry stray : strays) {
            faults.malformed(
                    stray.key().at(),
                    stray.key() + " says nothing beside " + kind + ".",
                    "Take " + stray.key()
                            + " out; subject names its columns itself, role and by go with through, and shared"
                            + " with matches.");
        }
    }

    private @Nullable Link direct(YamlNode.YamlEntry subject, @Nullable LocatedText where) {
        List<LocatedText> columns = nodes.names(subject.value(), SUBJECT);
        return columns.isEmpty()
                ? null
                : new Link.DirectLink(columns, where, subject.key().at());
    }

    private @Nullable Link through(YamlNode.YamlEntry through, MappingFields fields, @Nullable LocatedText where) {
        LocatedText name = nodes.name(through.value(), THROUGH);
        TableReference table = name == null ? null : tables.read(name);
        YamlNode roleNode = fields.value("role");
        List<LocatedText> roles = roleNode == null ? List.of() : nodes.names(roleNode, ROLE);
        YamlNode byNode = fields.value("by");
        List<LocatedText> by = byNode == null ? List.of() : nodes.names(byNode, BY);
        YamlNode onNode = byNode == null ? nodes.required(fields, "on", ON) : fields.value("on");
        List<LocatedText> on = onNode == null ? List.of() : nodes.names(onNode, ON);
        if (byNode != null && onNode != null) {
            refuseBoth(byNode);
        }
        return table == null || on.isEmpty() == by.isEmpty()
                ? null
                : new Link.ThroughLink(
                        table, roles, on, by, where, through.key().at());
    }

    private void refuseBoth(YamlNode by) {
        faults.malformed(
                by.at(),
                "A link says both on and by.",
                "Write on: with columns of this table that refer to the other, or by: with columns of the other that refer to"
                        + " this one.");
    }

    private @Nullable Link matches(YamlNode.YamlEntry matches, MappingFields fields, @Nullable LocatedText where) {
        LocatedText identifier = nodes.name(matches.value(), MATCHES);
        YamlNode onNode = nodes.required(fields, "on", MATCHED);
        LocatedText on = onNode == null ? null : nodes.name(onNode, MATCHED);
        SharedValueRule shared = shared(fields);
        return identifier == null || on == null
                ? null
                : new Link.IdentifierLink(
                        identifier, on, shared, where, matches.key().at());
    }

    private @Nullable SharedValueRule shared(MappingFields fields) {
        YamlNode yaml = fields.value("shared");
        LocatedText word = yaml == null ? null : nodes.name(yaml, SHARED);
        SharedValueRule rule =
                word == null ? null : SharedValueRule.ofWord(word.text()).orElse(null);
        if (word != null && rule == null) {
            faults.unknownWord(word, "shared", SharedValueRule.words());
        }
        return rule;
    }

    private @Nullable LocatedText where(MappingFields fields) {
        YamlNode where = fields.value("where");
        return where == null ? null : nodes.text(where, WHERE);
    }
}

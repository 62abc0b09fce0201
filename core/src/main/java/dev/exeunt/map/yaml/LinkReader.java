package dev.exeunt.map.yaml;

import dev.exeunt.map.Link;
import dev.exeunt.map.TableRef;
import dev.exeunt.map.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how rows belong to a person, from a table with one link or from an entry under {@code links:}. */
final class LinkReader {

    /** Words that make a link. */
    static final List<String> KINDS = List.of("subject", "through", "matches");

    /** All words that belong to a link. */
    static final List<String> WORDS = List.of("subject", "through", "role", "matches", "on", "by", "where");

    static final String FIX =
            "Write subject: user_id, or through: table with on: column, or matches: email with on: column";

    private static final Expected SUBJECT = Expected.columns("subject", "subject: user_id");
    private static final Expected ON = Expected.columns("on", "on: catch_id");
    private static final Expected BY = Expected.columns("by", "by: photo_id");
    private static final Expected THROUGH = new Expected("through", "a table", "through: catches");
    private static final Expected ROLE =
            new Expected("role", "a role of that table, or a list of roles", "role: author");
    private static final Expected MATCHES = new Expected("matches", "an identifier of the subject", "matches: email");
    private static final Expected MATCHED = Expected.column("on", "matches: email, on: email");
    private static final Expected WHERE = new Expected("where", "an SQL expression", "where: \"actor_kind = 'user'\"");

    private final NodeReader nodes;
    private final Faults faults;
    private final TableNames tables;

    LinkReader(NodeReader nodes) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.tables = new TableNames(faults);
    }

    /** The link that these fields say, or null: after a fault, or if they say none. */
    @Nullable
    Link read(Fields fields) {
        List<Yaml.Entry> kinds = KINDS.stream()
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
        Word where = where(fields);
        if (kinds.isEmpty()) {
            return null;
        }
        Yaml.Entry kind = kinds.get(0);
        refuseStrays(fields, kind.key());
        return switch (kind.key().text()) {
            case "subject" -> direct(kind, where);
            case "through" -> through(kind, fields, where);
            default -> matches(kind, fields, where);
        };
    }

    private void refuseStrays(Fields fields, Word kind) {
        List<Yaml.Entry> strays = new ArrayList<>();
        if (fields.has("role") && !kind.text().equals("through")) {
            strays.add(fields.entries().get("role"));
        }
        if (fields.has("by") && !kind.text().equals("through")) {
            strays.add(fields.entries().get("by"));
        }
        if (fields.has("on") && kind.text().equals("subject")) {
            strays.add(fields.entries().get("on"));
        }
        for (Yaml.Entry stray : strays) {
            faults.malformed(
                    stray.key().at(),
                    stray.key() + " says nothing beside " + kind + ".",
                    "Take " + stray.key() + " out; subject names its columns itself, and role and by go with through.");
        }
    }

    private @Nullable Link direct(Yaml.Entry subject, @Nullable Word where) {
        List<Word> columns = nodes.names(subject.value(), SUBJECT);
        return columns.isEmpty()
                ? null
                : new Link.Direct(columns, where, subject.key().at());
    }

    private @Nullable Link through(Yaml.Entry through, Fields fields, @Nullable Word where) {
        Word name = nodes.name(through.value(), THROUGH);
        TableRef table = name == null ? null : tables.read(name);
        Yaml roleNode = fields.value("role");
        List<Word> roles = roleNode == null ? List.of() : nodes.names(roleNode, ROLE);
        Yaml byNode = fields.value("by");
        List<Word> by = byNode == null ? List.of() : nodes.names(byNode, BY);
        Yaml onNode = byNode == null ? nodes.required(fields, "on", ON) : fields.value("on");
        List<Word> on = onNode == null ? List.of() : nodes.names(onNode, ON);
        if (byNode != null && onNode != null) {
            refuseBoth(byNode);
        }
        return table == null || on.isEmpty() == by.isEmpty()
                ? null
                : new Link.Through(table, roles, on, by, where, through.key().at());
    }

    private void refuseBoth(Yaml by) {
        faults.malformed(
                by.at(),
                "A link says both on and by.",
                "Write on: with columns of this table that refer to the other, or by: with columns of the other that refer to"
                        + " this one.");
    }

    private @Nullable Link matches(Yaml.Entry matches, Fields fields, @Nullable Word where) {
        Word identifier = nodes.name(matches.value(), MATCHES);
        Yaml onNode = nodes.required(fields, "on", MATCHED);
        Word on = onNode == null ? null : nodes.name(onNode, MATCHED);
        return identifier == null || on == null
                ? null
                : new Link.Matches(identifier, on, where, matches.key().at());
    }

    private @Nullable Word where(Fields fields) {
        Yaml where = fields.value("where");
        return where == null ? null : nodes.text(where, WHERE);
    }
}

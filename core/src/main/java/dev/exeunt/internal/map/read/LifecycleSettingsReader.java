package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.GuardLink;
import dev.exeunt.internal.map.LifecycleSettings;
import dev.exeunt.internal.map.LifecycleSettings.Guard;
import dev.exeunt.internal.map.LifecycleSettings.LateRowWatch;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.PlaceholderText;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what stands before and after a flow: {@code guards}, {@code warnings}, {@code roles} and {@code late-rows}. */
public final class LifecycleSettingsReader {

    /** Text with {@code {column}}, and braces doubled. */
    public static final String MESSAGE = "(?:[^{}]|\\{\\{|\\}\\}|\\{\\s*[^{}\\s][^{}]*\\})*";

    /** What may become of late rows. */
    public static final List<String> LATE_ROWS_THEN = List.of("report", "erase");

    private static final String QUERY = "\"select name from orgs where owner_id = :subject\"";

    private static final ExpectedNode GUARDS = new ExpectedNode(
            "guards",
            "names, each with flows, sql and message",
            "sole-owner: { flows: [delete-account], sql: …, message: … }");
    private static final ExpectedNode GUARD = new ExpectedNode(
            "A guard", "flows, sql and message", "sole-owner: { flows: [delete-account], sql: …, message: … }");
    private static final ExpectedNode WARNING =
            new ExpectedNode("A warning", "flows and sql", "guilds: { flows: [delete-data], sql: …, message: … }");
    private static final ExpectedNode WARNINGS = new ExpectedNode(
            "warnings", "names, each with flows and sql", "guilds: { flows: [delete-data], sql: …, message: … }");
    private static final ExpectedNode ROLES =
            new ExpectedNode("roles", "application or exempt", "roles: { application: [app_user] }");
    private static final ExpectedNode FLOWS = new ExpectedNode("flows", "a list of flows", "flows: [delete-account]");
    private static final ExpectedNode SQL = new ExpectedNode("sql", "a query", "sql: " + QUERY);
    private static final ExpectedNode TEXT =
            new ExpectedNode("message", "a text", "message: \"You are the only owner of {name}.\"");
    private static final ExpectedNode LINK =
            new ExpectedNode("link", "a path or an address", "link: \"/o/{slug}/members\"");
    private static final ExpectedNode OVERRIDE = new ExpectedNode("override", "never or admin", "override: never");
    private static final ExpectedNode DATABASE_ROLES =
            new ExpectedNode("A role", "a list of roles of the database", "application: [app_user]");

    private static final ExpectedNode FORCE = new ExpectedNode("force", "true or false", "force: true");

    private static final ExpectedNode LATE_ROWS =
            new ExpectedNode("late-rows", "look or then, or none", "late-rows: { look: [10min, 1d], then: report }");
    private static final ExpectedNode LOOK = new ExpectedNode("look", "a list of periods", "look: [10min, 1d]");
    private static final ExpectedNode THEN = new ExpectedNode("then", "report or erase", "then: report");

    private final NodeReader nodes;
    private final FaultCollector faults;
    private final FlowReader flows;

    LifecycleSettingsReader(NodeReader nodes, FlowReader flows) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.flows = flows;
    }

    List<Guard> guards(YamlNode yaml) {
        List<Guard> guards = new ArrayList<>();
        for (YamlNode.YamlEntry entry : nodes.entries(yaml, GUARDS)) {
            MappingFields fields = nodes.fields(entry.value(), AllowedWords.GUARD, GUARD);
            if (fields != null) {
                guard(entry.key(), fields).ifPresent(guards::add);
            }
        }
        return guards;
    }

    private Optional<Guard> guard(LocatedText name, MappingFields fields) {
        List<AccountFlow> of = flows(fields);
        LocatedText sql = required(fields, SQL);
        LocatedText message = message(required(fields, TEXT));
        YamlNode linkNode = fields.value("link");
        LocatedText link = linkNode == null ? null : link(message(nodes.text(linkNode, LINK)));
        Guard.GuardOverride override = override(fields.value("override"));
        return sql == null || message == null
                ? Optional.empty()
                : Optional.of(new Guard(name, of, sql, message, link, override));
    }

    private Guard.GuardOverride override(@Nullable YamlNode yaml) {
        LocatedText word = yaml == null ? null : nodes.name(yaml, OVERRIDE);
        if (word != null && !List.of("never", "admin").contains(word.text())) {
            faults.unknownWord(word, "override", List.of("never", "admin"));
        }
        return word != null && word.text().equals("admin") ? Guard.GuardOverride.ADMIN : Guard.GuardOverride.NEVER;
    }

    List<LifecycleSettings.FlowWarning> warnings(YamlNode yaml) {
        List<LifecycleSettings.FlowWarning> warnings = new ArrayList<>();
        for (YamlNode.YamlEntry entry : nodes.entries(yaml, WARNINGS)) {
            MappingFields fields = nodes.fields(entry.value(), AllowedWords.WARNING, WARNING);
            if (fields != null) {
                List<AccountFlow> of = flows(fields);
                LocatedText sql = required(fields, SQL);
                YamlNode text = fields.value("message");
                LocatedText message = text == null ? null : message(nodes.text(text, TEXT));
                Stream.ofNullable(sql)
                        .forEach(query ->
                                warnings.add(new LifecycleSettings.FlowWarning(entry.key(), of, query, message)));
            }
        }
        return warnings;
    }

    LifecycleSettings.DatabaseRoles roles(YamlNode yaml) {
        MappingFields fields = nodes.fields(yaml, AllowedWords.ROLES, ROLES);
        if (fields == null) {
            return LifecycleSettings.NONE.roles();
        }
        YamlNode applicationNode = fields.value("application");
        YamlNode exemptNode = fields.value("exempt");
        if (applicationNode == null && exemptNode == null && fields.complete()) {
            nodes.wrong(yaml, ROLES);
        }
        List<LocatedText> application =
                applicationNode == null ? List.of() : nodes.list(applicationNode, DATABASE_ROLES);
        List<LocatedText> exempt = exemptNode == null ? List.of() : nodes.list(exemptNode, DATABASE_ROLES);
        refuseBoth(application, exempt);
        YamlNode force = fields.value("force");
        return new LifecycleSettings.DatabaseRoles(application, exempt, force != null && isTrue(force));
    }

    private boolean isTrue(YamlNode yaml) {
        String word = yaml instanceof YamlNode.YamlScalar scalar ? scalar.text() : "";
        if (!List.of("true", "false").contains(word)) {
            nodes.wrong(yaml, FORCE);
        }
        return word.equals("true");
    }

    LateRowWatch lateRows(YamlNode yaml) {
        if (yaml instanceof YamlNode.YamlScalar scalar && scalar.text().equals("none")) {
            return LateRowWatch.NONE;
        }
        MappingFields fields = nodes.fields(yaml, AllowedWords.LATE_ROWS, LATE_ROWS);
        if (fields == null) {
            return LateRowWatch.USUAL;
        }
        YamlNode look = fields.value("look");
        YamlNode then = fields.value("then");
        if (look == null && then == null && fields.complete()) {
            nodes.wrong(yaml, LATE_ROWS);
        }
        LocatedText word = then == null ? null : nodes.name(then, THEN);
        if (word != null && !LATE_ROWS_THEN.contains(word.text())) {
            faults.unknownWord(word, "then", LATE_ROWS_THEN);
        }
        return new LateRowWatch(
                look == null
                        ? LateRowWatch.USUAL.looks()
                        : new TimeSpanReader(nodes)
                                .ofWaits(look, LOOK).stream()
                                        .map(TimeSpan::longest)
                                        .toList(),
                word != null && word.text().equals("erase"));
    }

    private void refuseBoth(List<LocatedText> application, List<LocatedText> exempt) {
        List<String> bound = application.stream().map(LocatedText::text).toList();
        for (LocatedText role : exempt) {
            if (bound.contains(role.text())) {
                String name = ValueExcerpt.name(role.text());
                faults.malformed(
                        role.at(),
                        name + " is both of the application and exempt.",
                        "Take " + name + " out of one of the two.");
            }
        }
    }

    private List<AccountFlow> flows(MappingFields fields) {
        YamlNode yaml = nodes.required(fields, "flows", FLOWS);
        return yaml == null ? List.of() : flows.list(yaml, FLOWS);
    }

    private @Nullable LocatedText required(MappingFields fields, ExpectedNode expected) {
        YamlNode yaml = nodes.required(fields, expected.what(), expected);
        return yaml == null ? null : nodes.text(yaml, expected);
    }

    private @Nullable LocatedText link(@Nullable LocatedText text) {
        if (text != null && PlaceholderText.parse(text.text()).isWellFormed() && !GuardLink.wellFormed(text.text())) {
            faults.malformed(
                    text.at(),
                    ValueExcerpt.quoted(text.text())
                            + " is no link: it begins with / or with http:// or https:// and a host without columns, and has no"
                            + " backslash, no blank and no // in its path.",
                    "Write link: /o/{slug}/members, or link: https://app.example.org/o/{slug}.");
        }
        return text;
    }

    private @Nullable LocatedText message(@Nullable LocatedText text) {
        if (text != null && !PlaceholderText.parse(text.text()).isWellFormed()) {
            faults.malformed(
                    text.at(),
                    "A brace stands alone in " + ValueExcerpt.quoted(text.text()) + ".",
                    "Write {column} for a column of the query, and {{ or }} for the brace itself.");
        }
        return text;
    }
}

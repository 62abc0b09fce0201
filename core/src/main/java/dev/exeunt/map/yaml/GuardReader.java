package dev.exeunt.map.yaml;

import dev.exeunt.map.Flow;
import dev.exeunt.map.GuardLink;
import dev.exeunt.map.Lifecycle;
import dev.exeunt.map.Lifecycle.Guard;
import dev.exeunt.map.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what stands before a flow: {@code guards}, {@code warnings}, {@code external} and {@code roles}. */
final class GuardReader {

    /** Text with {@code {column}}, and braces doubled. */
    static final String MESSAGE = "(?:[^{}]|\\{\\{|\\}\\}|\\{[^{}]+\\})*";

    private static final String QUERY = "\"select name from orgs where owner_id = :subject\"";

    private static final Expected GUARDS = new Expected(
            "guards",
            "names, each with flows, sql and message",
            "sole-owner: { flows: [delete-account], sql: …, message: … }");
    private static final Expected GUARD = new Expected(
            "A guard", "flows, sql and message", "sole-owner: { flows: [delete-account], sql: …, message: … }");
    private static final Expected WARNING =
            new Expected("A warning", "flows and sql", "guilds: { flows: [delete-data], sql: …, message: … }");
    private static final Expected ELSEWHERE =
            new Expected("What lives elsewhere", "locators", "identity-provider: { locators: \"select …\" }");
    private static final Expected WARNINGS = new Expected(
            "warnings", "names, each with flows and sql", "guilds: { flows: [delete-data], sql: …, message: … }");
    private static final Expected EXTERNAL =
            new Expected("external", "names, each with locators", "identity-provider: { locators: \"select …\" }");
    private static final Expected ROLES =
            new Expected("roles", "application or exempt", "roles: { application: [app_user] }");
    private static final Expected FLOWS = new Expected("flows", "a list of flows", "flows: [delete-account]");
    private static final Expected SQL = new Expected("sql", "a query", "sql: " + QUERY);
    private static final Expected LOCATORS = new Expected("locators", "a query", "locators: " + QUERY);
    private static final Expected TEXT =
            new Expected("message", "a text", "message: \"You are the only owner of {name}.\"");
    private static final Expected LINK = new Expected("link", "a path or an address", "link: \"/o/{slug}/members\"");
    private static final Expected OVERRIDE = new Expected("override", "never or admin", "override: never");
    private static final Expected DATABASE_ROLES =
            new Expected("A role", "a list of roles of the database", "application: [app_user]");

    private static final Pattern BRACES = Pattern.compile(MESSAGE, Pattern.DOTALL);

    private final NodeReader nodes;
    private final Faults faults;
    private final FlowReader flows;

    GuardReader(NodeReader nodes, FlowReader flows) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.flows = flows;
    }

    List<Guard> guards(Yaml yaml) {
        List<Guard> guards = new ArrayList<>();
        for (Yaml.Entry entry : nodes.entries(yaml, GUARDS)) {
            Fields fields = nodes.fields(entry.value(), Vocabulary.GUARD, GUARD);
            if (fields != null) {
                guard(entry.key(), fields).ifPresent(guards::add);
            }
        }
        return guards;
    }

    private Optional<Guard> guard(Word name, Fields fields) {
        List<Flow> of = flows(fields);
        Word sql = required(fields, SQL);
        Word message = message(required(fields, TEXT));
        Yaml linkNode = fields.value("link");
        Word link = linkNode == null ? null : link(message(nodes.text(linkNode, LINK)));
        Guard.Override override = override(fields.value("override"));
        return sql == null || message == null
                ? Optional.empty()
                : Optional.of(new Guard(name, of, sql, message, link, override));
    }

    private Guard.Override override(@Nullable Yaml yaml) {
        Word word = yaml == null ? null : nodes.name(yaml, OVERRIDE);
        if (word != null && !List.of("never", "admin").contains(word.text())) {
            faults.unknownWord(word, "override", List.of("never", "admin"));
        }
        return word != null && word.text().equals("admin") ? Guard.Override.ADMIN : Guard.Override.NEVER;
    }

    List<Lifecycle.Notice> warnings(Yaml yaml) {
        List<Lifecycle.Notice> warnings = new ArrayList<>();
        for (Yaml.Entry entry : nodes.entries(yaml, WARNINGS)) {
            Fields fields = nodes.fields(entry.value(), Vocabulary.WARNING, WARNING);
            if (fields != null) {
                List<Flow> of = flows(fields);
                Word sql = required(fields, SQL);
                Yaml text = fields.value("message");
                Word message = text == null ? null : message(nodes.text(text, TEXT));
                Stream.ofNullable(sql)
                        .forEach(query -> warnings.add(new Lifecycle.Notice(entry.key(), of, query, message)));
            }
        }
        return warnings;
    }

    List<Lifecycle.External> external(Yaml yaml) {
        List<Lifecycle.External> external = new ArrayList<>();
        for (Yaml.Entry entry : nodes.entries(yaml, EXTERNAL)) {
            Fields fields = nodes.fields(entry.value(), Vocabulary.EXTERNAL, ELSEWHERE);
            Word locators = fields == null ? null : required(fields, LOCATORS);
            if (locators != null) {
                external.add(new Lifecycle.External(entry.key(), locators));
            }
        }
        return external;
    }

    Lifecycle.DatabaseRoles roles(Yaml yaml) {
        Fields fields = nodes.fields(yaml, Vocabulary.ROLES, ROLES);
        if (fields == null) {
            return Lifecycle.NONE.roles();
        }
        Yaml applicationNode = fields.value("application");
        Yaml exemptNode = fields.value("exempt");
        if (applicationNode == null && exemptNode == null && fields.complete()) {
            nodes.wrong(yaml, ROLES);
        }
        List<Word> application = applicationNode == null ? List.of() : nodes.list(applicationNode, DATABASE_ROLES);
        List<Word> exempt = exemptNode == null ? List.of() : nodes.list(exemptNode, DATABASE_ROLES);
        refuseBoth(application, exempt);
        return new Lifecycle.DatabaseRoles(application, exempt);
    }

    private void refuseBoth(List<Word> application, List<Word> exempt) {
        List<String> bound = application.stream().map(Word::text).toList();
        for (Word role : exempt) {
            if (bound.contains(role.text())) {
                String name = Shown.name(role.text());
                faults.malformed(
                        role.at(),
                        name + " is both of the application and exempt.",
                        "Take " + name + " out of one of the two.");
            }
        }
    }

    private List<Flow> flows(Fields fields) {
        Yaml yaml = nodes.required(fields, "flows", FLOWS);
        return yaml == null ? List.of() : flows.list(yaml, FLOWS);
    }

    private @Nullable Word required(Fields fields, Expected expected) {
        Yaml yaml = nodes.required(fields, expected.what(), expected);
        return yaml == null ? null : nodes.text(yaml, expected);
    }

    private @Nullable Word link(@Nullable Word text) {
        if (text != null && BRACES.matcher(text.text()).matches() && !GuardLink.wellFormed(text.text())) {
            faults.malformed(
                    text.at(),
                    Shown.quoted(text.text())
                            + " is no link: it begins with / or with http:// or https:// and a host without columns, and has no"
                            + " backslash, no blank and no // in its path.",
                    "Write link: /o/{slug}/members, or link: https://app.example.org/o/{slug}.");
        }
        return text;
    }

    private @Nullable Word message(@Nullable Word text) {
        if (text != null && !BRACES.matcher(text.text()).matches()) {
            faults.malformed(
                    text.at(),
                    "A brace stands alone in " + Shown.quoted(text.text()) + ".",
                    "Write {column} for a column of the query, and {{ or }} for the brace itself.");
        }
        return text;
    }
}

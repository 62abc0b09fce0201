package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.RandomTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a map model as YAML, one line for each role, and remembers the role of each line. */
public final class ModelYaml {

    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, ModelRole> roleByLine = new LinkedHashMap<>();
    private int line = 1;

    public ModelYaml(MapModel answers) {
        RandomTable people = answers.schema().people();
        line("version: 1");
        line("subject: { table: " + table(people) + ", key: " + list(people.key())
                + (answers.identifiers().isEmpty() ? "" : ", identifiers: " + list(answers.identifiers())) + " }");
        line("tables:");
        answers.sections().forEach((table, section) -> table(answers, table, section));
        answers.schema().acceptedCopies().ifPresent(copies -> {
            line("accept:");
            line("  trigger-writes: { " + copies.name() + ": kept for a year }");
        });
        if (!answers.notPersonal().isEmpty()) {
            line("not-personal:");
            answers.notPersonal().stream().sorted().forEach(t -> line("  " + t + ": no personal data"));
        }
    }

    public String yaml() {
        return text.toString();
    }

    /** The role on the line, or null. */
    ModelRole role(int at) {
        return roleByLine.get(at);
    }

    /** As a map names it, and as YAML writes that. */
    static String table(RandomTable table) {
        return quoted(table.quoted());
    }

    private void line(String content) {
        text.append(content).append('\n');
        line++;
    }

    private void table(MapModel answers, RandomTable table, String section) {
        List<ModelRole> roles = answers.rolesOf(table);
        if (roles.isEmpty()) {
            return;
        }
        line("  " + table(table) + ":");
        line("    section: " + quoted(section));
        List<ModelRole> linked = roles.stream().filter(r -> !r.self()).toList();
        roles.stream().filter(ModelRole::self).forEach(r -> {
            roleByLine.put(line, r);
            roleByLine.put(line + 1, r);
            line("    erase: " + fate(r.fate()));
            line(exported(r, "    export: "));
        });
        if (!linked.isEmpty()) {
            line("    links:");
        }
        for (ModelRole role : linked) {
            roleByLine.put(line, role);
            line("      " + quoted(role.name()) + ": { " + link(role.link())
                    + (role.where() == null
                            ? ""
                            : ", where: " + quoted(role.where().sql())) + ", erase: "
                    + fate(role.fate()) + exported(role, ", export: ")
                    + (table.has(RandomTable.MADE) ? ", created: " + RandomTable.MADE : "") + " }");
        }
    }

    private static String link(ModelLink link) {
        if (link instanceof ModelLink.ModelThroughLink through) {
            return "through: " + table(through.parent()) + ", role: " + list(through.roles()) + ", on: "
                    + list(through.on());
        }
        return link instanceof ModelLink.ModelIdentifierLink matches
                ? "matches: " + quoted(matches.identifier()) + ", on: " + quoted(matches.column())
                        + (matches.shared() == null ? "" : ", shared: " + matches.shared())
                : "subject: " + list(link.on());
    }

    /** Nothing where all of it is exported. */
    private static String exported(ModelRole role, String word) {
        return role.hidden()
                ? word + "none"
                : role.except().isEmpty() ? "" : word + "{ except: " + list(role.except()) + " }";
    }

    private static String fate(ModelFate fate) {
        List<String> parts = new ArrayList<>();
        switch (fate.kind()) {
            case DELETE -> {
                return "delete";
            }
            case UNDECIDED -> {
                return "undecided";
            }
            case DETACH -> parts.add("detach: " + (fate.values().isEmpty() ? "true" : list(fate.values())));
            case REASSIGN -> parts.add("reassign: " + list(fate.values()));
            case KEEP -> parts.add("keep: " + (fate.law() ? "{ reason: r, basis: law, for: 6y }" : "a reason"));
            case ANONYMIZE -> {
                // its rules say so
            }
        }
        if (!fate.rules().isEmpty() || fate.kind() == ModelFate.ModelFateKind.ANONYMIZE) {
            parts.add("anonymize: { "
                    + fate.rules().entrySet().stream()
                            .map(e -> quoted(e.getKey()) + ": " + rule(e.getValue()))
                            .collect(Collectors.joining(", "))
                    + " }");
        }
        if (!fate.retain().isEmpty()) {
            parts.add("retain: " + list(fate.retain()));
        }
        return "{ " + String.join(", ", parts) + " }";
    }

    private static String rule(ModelRule rule) {
        return switch (rule.kind()) {
            case NULL -> "null";
            case SQL -> "{ sql: " + quoted(rule.text()) + " }";
            case TEMPLATE -> quoted(rule.text());
            case LITERAL -> quoted(rule.text().replace("{", "{{").replace("}", "}}"));
        };
    }

    private static String list(List<String> words) {
        return words.stream().map(ModelYaml::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String word) {
        return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}

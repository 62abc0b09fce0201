package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.support.security.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes the SHA-256 digest that says which plan a receipt is of. It covers the catalogue's digest, the roles,
 * the steps and the map's settings.
 *
 * <p>The text that is hashed names no class, component or position of a map: renaming a class leaves every digest as it is, and
 * so does a comment in the map. Each fact stands with its length, so that no two plans have one text.
 */
final class PlanDigest {

    private PlanDigest() {}

    static String of(String catalogueDigest, BoundMap bound, List<PlanStep> steps) {
        StringBuilder text = new StringBuilder();
        List<String> facts = facts(catalogueDigest, bound.roles(), steps);
        LocatedText present = bound.subject().present();
        if (present != null) {
            facts.add("present " + present.text());
        }
        bound.tables()
                .forEach(table -> table.files()
                        .forEach(file -> facts.addAll(List.of(
                                "file " + table.name(),
                                "column " + file.column().name(),
                                "store " + file.store(),
                                "strip " + file.strip()))));
        bound.map().settings().forEach((name, value) -> facts.addAll(List.of("setting " + name, "to " + value)));
        facts.forEach(f -> text.append(f.length()).append(':').append(f));
        return Sha256.hex(text.toString());
    }

    static List<String> facts(String catalogueDigest, List<PlannedRole> roles, List<PlanStep> steps) {
        List<String> facts = new ArrayList<>();
        facts.add(catalogueDigest);
        for (PlannedRole role : roles) {
            facts.add("role " + role.id());
            facts.add("table " + role.table().name());
            addColumns(facts, "link", role.on());
            addSource(facts, role.source());
            facts.add(
                    role.where() == null ? "every row" : "where " + role.where().text());
            facts.add("fate " + role.fate().word());
            role.assignments().forEach(a -> {
                facts.add("set " + a.column().name());
                addRule(facts, a.rule());
            });
        }
        steps.forEach(s -> facts.add("step " + s.why()));
        return facts;
    }

    private static void addColumns(List<String> facts, String what, List<Column> columns) {
        facts.add(what + " " + columns.size());
        columns.forEach(c -> facts.add(c.name()));
    }

    private static void addSource(List<String> facts, KeySource source) {
        if (source instanceof KeySource.RoleRows rows) {
            facts.add((rows.sourceRefersToRole() ? "referred to by rows of " : "refers to rows of ")
                    + rows.roles().size());
            rows.roles().stream().map(RoleId::toString).forEach(facts::add);
            addColumns(facts, "columns", rows.columns());
        } else if (source instanceof KeySource.IdentifierValues identifier) {
            addColumns(facts, "identifier", identifier.columns());
            if (identifier.shared() != null) {
                facts.add("shared " + identifier.shared().word());
            }
        } else {
            addColumns(facts, "subject key", source.columns());
        }
    }

    /** A rule without its position in the file. */
    private static void addRule(List<String> facts, Rule rule) {
        if (rule instanceof Rule.LiteralRule literal) {
            facts.add("literal " + literal.text());
        } else if (rule instanceof Rule.SqlRule sql) {
            facts.add("sql " + sql.expression());
        } else if (rule instanceof Rule.TemplateRule template) {
            facts.add("template " + template.parts().size());
            template.parts().forEach(p -> facts.add(part(p)));
        } else {
            facts.add("null");
        }
    }

    private static String part(Rule.TemplatePart part) {
        if (part instanceof Rule.TemplatePart.FixedText text) {
            return "text " + text.text();
        }
        return "value "
                + ((Rule.TemplatePart.PlaceholderValue) part).placeholder().word();
    }
}

package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.ExportRule;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.MapPath;
import dev.exeunt.internal.plan.PlannedJoin;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.fix.FateYaml;
import dev.exeunt.internal.plan.fix.FixSuggestions;
import dev.exeunt.internal.plan.rule.ThirdPartyScope;
import dev.exeunt.internal.plan.rule.UnnamedColumns;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds columns that would outlive the erasure, or leave with the export, although the map does not mention them. */
public final class OverlookedColumnCheck {

    private OverlookedColumnCheck() {}

    public static List<Finding> check(BoundMap bound) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedRole role : bound.roles()) {
            if (role.outcome().outlivesErasure()) {
                unnamed(bound, role, findings);
            }
            if (!role.export().none()) {
                secrets(bound, role, findings);
                thirdParties(bound, role, findings);
                role.joins().forEach(j -> joined(bound, role, j, findings));
            }
        }
        return findings;
    }

    private static void unnamed(BoundMap bound, PlannedRole role, List<Finding> findings) {
        Set<String> named = new HashSet<>();
        role.assignments().forEach(a -> named.add(a.column().name()));
        role.fate().retain().forEach(w -> named.add(w.text()));
        List<Column> unnamed = UnnamedColumns.of(role, named);
        if (!unnamed.isEmpty()) {
            String list = unnamed.stream().map(Column::name).collect(Collectors.joining(", "));
            findings.add(FindingCode.UNNAMED_COLUMN.finding(
                    role.fate().at(),
                    role.table().name() + "." + unnamed.get(0).name(),
                    "rows of " + role.id() + " outlive the erasure, and the map does not say whether what stands in "
                            + list + " may stay.",
                    new FixSuggestions(bound, role).coverUnnamedColumns(unnamed)));
        }
    }

    private static void secrets(BoundMap bound, PlannedRole role, List<Finding> findings) {
        Set<String> left = role.export().withheld();
        List<String> secrets = role.table().columns().stream()
                .filter(c -> ColumnHeuristics.secret(role.table(), c))
                .map(Column::name)
                .filter(c -> !left.contains(c))
                .toList();
        if (!secrets.isEmpty()) {
            findings.add(FindingCode.SECRET_EXPORTED.finding(
                    role.export().at(),
                    role.table().name() + "." + secrets.get(0),
                    "the export of " + role.id() + " would hold what reads like a secret: " + String.join(", ", secrets)
                            + ".",
                    withholding(bound, role, secrets, "export: none")));
        }
    }

    /** Checks joined columns. A joined row belongs to an organisation or to another person. */
    private static void joined(BoundMap bound, PlannedRole role, PlannedJoin join, List<Finding> findings) {
        TableName people = bound.subject().table().name();
        boolean own = new ThirdPartyScope(bound, role).isOwnRow(join);
        Set<String> persons = new HashSet<>();
        join.table().foreignKeys().stream()
                .filter(f -> f.parent().equals(people))
                .forEach(f -> persons.addAll(f.columns()));
        for (Column column : join.columns()) {
            String about = join.table().name() + "." + column.name();
            if (ColumnHeuristics.secret(join.table(), column)) {
                findings.add(FindingCode.SECRET_EXPORTED.finding(
                        join.at(),
                        about,
                        "the export of " + role.id() + " would hold what reads like a secret: " + about + ".",
                        "take " + column.name() + " out of with"));
            } else if (!own && join.table().name().equals(people) || persons.contains(column.name())) {
                findings.add(FindingCode.THIRD_PARTY.finding(
                        join.at(),
                        about,
                        "the export of " + role.id() + " identifies another person in " + join.output(column) + ".",
                        "take " + column.name() + " out of with, or accept: { third-party: { " + about
                                + ": why it may } }"));
            }
        }
    }

    private static SuggestedFix withholding(BoundMap bound, PlannedRole role, List<String> columns, String otherwise) {
        List<String> except = new ArrayList<>(
                role.export().except().stream().map(LocatedText::text).toList());
        except.addAll(columns);
        String with =
                role.export().with().stream().map(OverlookedColumnCheck::joined).collect(Collectors.joining(", "));
        return SuggestedFix.entries(
                MapPath.pathTo(bound, role),
                "export: { except: " + FateYaml.list(except) + mask(role.export()) + reason(role.export())
                        + (with.isEmpty() ? "" : ", with: { " + with + " }")
                        + " }",
                otherwise);
    }

    private static String mask(ExportRule rule) {
        return rule.mask().isEmpty() ? "" : ", mask: " + words(rule.mask());
    }

    private static String reason(ExportRule rule) {
        return rule.reason().isEmpty() ? "" : ", reason: " + YamlFormatter.texts(rule.reason());
    }

    private static String joined(ExportRule.ExportJoin with) {
        return YamlFormatter.scalar(with.table().text()) + ": { on: " + words(with.on()) + ", columns: "
                + words(with.columns()) + " }";
    }

    private static String words(List<LocatedText> words) {
        return FateYaml.list(words.stream().map(LocatedText::text).toList());
    }

    /** Columns by which the subject's table is referred to, in rows that are this person's by another column. */
    private static void thirdParties(BoundMap bound, PlannedRole role, List<Finding> findings) {
        Set<String> withheld = role.export().withheld();
        ThirdPartyScope scope = new ThirdPartyScope(bound, role);
        Set<String> people = new TreeSet<>();
        role.table().foreignKeys().stream()
                .filter(f -> f.parent().equals(bound.subject().table().name()))
                .forEach(f -> people.addAll(f.columns()));
        bound.planned(role.table().name()).stream()
                .flatMap(t -> t.roles().stream())
                .filter(r -> r.source() instanceof KeySource.SubjectKeyValues && !r.id().equals(bound.self()))
                .forEach(r -> r.on().forEach(c -> people.add(c.name())));
        people.removeAll(withheld);
        people.removeIf(scope::isOwn);
        for (String column : people) {
            String about = role.table().name() + "." + column;
            findings.add(FindingCode.THIRD_PARTY.finding(
                    role.export().at(),
                    about,
                    "the export of " + role.id() + " identifies another person in " + column + ".",
                    withholding(
                            bound,
                            role,
                            List.of(column),
                            "accept: { third-party: { " + YamlFormatter.scalar(about) + ": why it may } }")));
        }
    }
}

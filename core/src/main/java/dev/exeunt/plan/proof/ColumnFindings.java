package dev.exeunt.plan.proof;

import dev.exeunt.map.Fate;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.Word;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.PlannedJoin;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.ColumnClues;
import dev.exeunt.schema.Table;
import dev.exeunt.schema.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Columns that would outlive the erasure, or leave with the export, without anybody having said so. */
final class ColumnFindings {

    private ColumnFindings() {}

    static List<Finding> of(BoundMap bound) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedRole role : bound.roles()) {
            boolean outlives = !role.deletes()
                    && !(role.fate() instanceof Fate.Untouched)
                    && !(role.fate() instanceof Fate.Undecided)
                    && !(role.fate() instanceof Fate.Unsaid);
            if (outlives) {
                unnamed(role, findings);
            }
            if (!role.export().none()) {
                secrets(role, findings);
                thirdParties(bound, role, findings);
                role.joins().forEach(j -> joined(bound, role, j, findings));
            }
        }
        return findings;
    }

    private static void unnamed(PlannedRole role, List<Finding> findings) {
        Set<String> named = new HashSet<>();
        role.assignments().forEach(a -> named.add(a.column().name()));
        role.fate().retain().forEach(w -> named.add(w.text()));
        Set<String> structural = structural(role);
        List<String> unnamed = role.table().columns().stream()
                .filter(c -> !named.contains(c.name()) && !structural.contains(c.name()))
                .filter(c -> !c.generated() && !c.type().isEnum())
                .filter(c -> ColumnClues.freeForm(c) || ColumnClues.personal(c))
                .map(Column::name)
                .toList();
        if (!unnamed.isEmpty()) {
            String list = String.join(", ", unnamed);
            findings.add(Finding.of(
                    FindingCode.UNNAMED_COLUMN,
                    role.fate().at(),
                    role.table().name() + "." + unnamed.get(0),
                    "rows of " + role.id() + " outlive the erasure, and the map does not say whether what stands in "
                            + list + " may stay.",
                    "under erase: anonymize: { "
                            + unnamed.stream().map(c -> c + ": null").collect(Collectors.joining(", "))
                            + " }\nor retain: [" + list + "]"));
        }
    }

    /** Keys and links say who or what a row is about; the plan already deals with them. */
    private static Set<String> structural(PlannedRole role) {
        Table table = role.table();
        Set<String> structural = new HashSet<>(table.primaryKey());
        table.foreignKeys().forEach(f -> structural.addAll(f.columns()));
        role.on().forEach(c -> structural.add(c.name()));
        return structural;
    }

    private static void secrets(PlannedRole role, List<Finding> findings) {
        Set<String> left = role.export().except().stream().map(Word::text).collect(Collectors.toSet());
        List<String> secrets = role.table().columns().stream()
                .filter(ColumnClues::secret)
                .map(Column::name)
                .filter(c -> !left.contains(c))
                .toList();
        if (!secrets.isEmpty()) {
            List<String> except = new ArrayList<>(
                    role.export().except().stream().map(Word::text).toList());
            except.addAll(secrets);
            findings.add(Finding.of(
                    FindingCode.SECRET_EXPORTED,
                    role.export().at(),
                    role.table().name() + "." + secrets.get(0),
                    "the export of " + role.id() + " would hold what reads like a secret: " + String.join(", ", secrets)
                            + ".",
                    "export: { except: [" + String.join(", ", except) + "] }"));
        }
    }

    /** What is joined is somebody else's row: an organisation's, or another person's. */
    private static void joined(BoundMap bound, PlannedRole role, PlannedJoin join, List<Finding> findings) {
        TableName people = bound.subject().table().name();
        Set<String> persons = new HashSet<>();
        join.table().foreignKeys().stream()
                .filter(f -> f.parent().equals(people))
                .forEach(f -> persons.addAll(f.columns()));
        for (Column column : join.columns()) {
            String about = join.table().name() + "." + column.name();
            if (ColumnClues.secret(column)) {
                findings.add(Finding.of(
                        FindingCode.SECRET_EXPORTED,
                        join.at(),
                        about,
                        "the export of " + role.id() + " would hold what reads like a secret: " + about + ".",
                        "take " + column.name() + " out of with"));
            } else if (join.table().name().equals(people) || persons.contains(column.name())) {
                findings.add(Finding.of(
                        FindingCode.THIRD_PARTY,
                        join.at(),
                        about,
                        "the export of " + role.id() + " tells in " + join.output(column) + " who somebody else is.",
                        "take " + column.name() + " out of with, or accept: { third-party: { " + about
                                + ": why it may } }"));
            }
        }
    }

    /** Columns by which the subject's table is referred to, in rows that are this person's by another column. */
    private static void thirdParties(BoundMap bound, PlannedRole role, List<Finding> findings) {
        Set<String> withheld = role.export().except().stream().map(Word::text).collect(Collectors.toSet());
        role.on().forEach(c -> withheld.add(c.name()));
        Set<String> people = new TreeSet<>();
        role.table().foreignKeys().stream()
                .filter(f -> f.parent().equals(bound.subject().table().name()))
                .forEach(f -> people.addAll(f.columns()));
        bound.planned(role.table().name()).stream()
                .flatMap(t -> t.roles().stream())
                .filter(r -> r.source() instanceof KeySource.SubjectKeys && !r.id().equals(bound.self()))
                .forEach(r -> r.on().forEach(c -> people.add(c.name())));
        people.removeAll(withheld);
        for (String column : people) {
            String about = role.table().name() + "." + column;
            findings.add(Finding.of(
                    FindingCode.THIRD_PARTY,
                    role.export().at(),
                    about,
                    "the export of " + role.id() + " tells in " + column + " who somebody else is.",
                    "export: { except: [" + column + "] }, or accept: { third-party: { " + about + ": why it may } }"));
        }
    }
}

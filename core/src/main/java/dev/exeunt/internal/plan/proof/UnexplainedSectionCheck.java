package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.notice.ProcessingTerms;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.MapPath;
import dev.exeunt.map.DataMap.LanguageText;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Warns of sections of the export for which the map states no purpose, recipients or source (GDPR Art. 15(1)). A map without {@code
 * controller:} answers elsewhere and is not warned of.
 */
final class UnexplainedSectionCheck {

    private UnexplainedSectionCheck() {}

    static List<Finding> check(MapDefinition map) {
        List<Finding> findings = new ArrayList<>();
        if (map.notice().controller() == null) {
            return findings;
        }
        for (MappedTable table : map.tables()) {
            Map<String, String> missing = missing(map.terms(table.section()));
            boolean exported =
                    table.roles().stream().anyMatch(role -> !role.export().none());
            if (exported && !missing.isEmpty()) {
                findings.add(finding(table, missing));
            }
        }
        return findings;
    }

    /** The words that say nothing, each with what a person would write there. */
    private static Map<String, String> missing(ProcessingTerms terms) {
        Map<String, String> missing = new LinkedHashMap<>();
        add(missing, "purpose", terms.purpose(), "for what these rows are used");
        add(missing, "recipients", terms.recipients(), "who receives them");
        add(missing, "source", terms.source(), "where they come from");
        return missing;
    }

    private static void add(Map<String, String> missing, String word, LanguageText said, String example) {
        if (said.isEmpty()) {
            missing.put(word, example);
        }
    }

    private static Finding finding(MappedTable table, Map<String, String> missing) {
        String name = table.table().text();
        String words = String.join(", ", missing.keySet());
        List<String> entries = new ArrayList<>();
        missing.forEach((word, example) -> entries.add(word + ": " + example));
        return FindingCode.UNEXPLAINED.finding(
                table.table().at(),
                name,
                "the export of " + name + " does not tell the person its " + words + ".",
                SuggestedFix.entries(
                        MapPath.pathTo(table),
                        String.join("\n", entries),
                        "write them at the top of the map, for all tables; or accept: { unexplained: { "
                                + YamlFormatter.scalar(name) + ": why it may } }"));
    }
}

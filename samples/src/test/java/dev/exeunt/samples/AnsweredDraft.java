package dev.exeunt.samples;

import dev.exeunt.Exeunt;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.MapDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers every undecided fate of a drafted map, as its owner would. */
final class AnsweredDraft {

    private static final String UNDECIDED = "undecided";

    private AnsweredDraft() {}

    static DataMap of(MapDraft draft, CheckResult checked, Map<String, String> answers) {
        List<String> lines = new ArrayList<>(draft.yaml().lines().toList());
        List<Finding> undecided = checked.errors().stream()
                .filter(f -> f.code() == FindingCode.UNDECIDED)
                .toList();
        // from the last to the first, so that no place moves
        for (int i = undecided.size() - 1; i >= 0; i--) {
            Finding finding = undecided.get(i);
            String answer = answers.get(finding.what());
            if (answer == null) {
                throw new AssertionError("nobody has answered what becomes of " + finding.what());
            }
            int line = finding.at().line() - 1;
            lines.set(line, answered(lines.get(line), finding.at().column() - 1, answer));
        }
        // what lies below the rows in question is kept, as the draft proposes
        String text = String.join("\n", lines).replace(", to be decided", ", which has been answered") + "\n";
        return Exeunt.readMap(text, "exeunt.yaml");
    }

    private static String answered(String line, int at, String answer) {
        if (!line.startsWith(UNDECIDED, at)) {
            throw new AssertionError("'undecided' does not stand where the finding says: " + line);
        }
        int narrowed = answer.indexOf(';');
        String fate = narrowed < 0 ? answer : answer.substring(0, narrowed);
        String where =
                narrowed < 0 ? "" : "where: \"" + answer.substring(narrowed + 1).strip() + '"';
        String before = line.substring(0, at);
        String link = where.isEmpty() ? "" : inFlow(before) ? ", " + where : "\n" + indentation(line) + where;
        return before + fate + link + line.substring(at + UNDECIDED.length());
    }

    private static boolean inFlow(String before) {
        return before.contains("{");
    }

    private static String indentation(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }
}

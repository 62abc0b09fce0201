package dev.exeunt.internal.map.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Turns a syntax error of the YAML parser into a finding with a fix for common mistakes. */
final class SyntaxErrorReport {

    private SyntaxErrorReport() {}

    static void report(MarkedYamlEngineException e, String text, FaultCollector faults) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        String line = mark.map(m -> lineOf(text, m.getLine())).orElse("");
        faults.malformed(
                faults.at(mark), "This is not YAML: " + problem(e) + beginning(e) + ".", fix(problem(e), line));
    }

    private static String problem(MarkedYamlEngineException e) {
        String problem = e.getProblem();
        return problem == null ? "it cannot be parsed" : problem.replaceAll("[.\\s]+$", "");
    }

    /** Where the thing began whose end is missing: often lines before the parser noticed. */
    private static String beginning(MarkedYamlEngineException e) {
        String context = e.getContext();
        return context == null
                ? ""
                : e.getContextMark()
                        .map(m -> " (" + context.strip() + " that began in line " + (m.getLine() + 1) + ")")
                        .orElse("");
    }

    private static String fix(String problem, String line) {
        if (problem.contains("TAB") || line.stripTrailing().contains("\t")) {
            return "Indent with spaces instead of tabs.";
        }
        if (line.indexOf('{') != line.lastIndexOf('{')) {
            return "Write text that holds braces in quotes, e.g. \"deleted-{key}\".";
        }
        if (problem.startsWith("mapping values")) {
            return "Write text that holds a colon in quotes, and check how far this line is indented.";
        }
        return "Check how far this line is indented, and that every quote, bracket and brace is closed.";
    }

    private static String lineOf(String text, int line) {
        return text.lines().skip(line).findFirst().orElse("");
    }
}

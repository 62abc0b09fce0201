package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TerminalStyle;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.Finding;
import dev.exeunt.map.SuggestedFix;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code check} found. */
public record FindingsReport(CheckResult checked) {

    /** Each finding, and a line that counts them unless it is to be quiet. */
    public void text(ReportPage page, boolean quiet) {
        List<Finding> findings = checked.findings();
        list(findings, page);
        if (quiet) {
            return;
        }
        String accepted = checked.accepted().isEmpty()
                ? ""
                : " " + CountText.of(checked.accepted().size(), "warning") + " accepted by the map.";
        if (findings.isEmpty()) {
            page.line(page.style().green("The map holds: nothing found.") + accepted);
        } else if (checked.errors().isEmpty()) {
            page.line(page.style().yellow("The map holds, with " + count(findings) + ".") + accepted);
        } else {
            page.line(page.style().red("The map cannot be carried out: " + count(findings) + ".") + accepted);
        }
        if (!findings.isEmpty()) {
            page.aside(
                    "",
                    "More on a finding: exeunt explain "
                            + findings.get(0).code().word());
        }
    }

    /** Each with its fix, in the order of the file. */
    public static void list(List<Finding> findings, ReportPage page) {
        TerminalStyle style = page.style();
        for (Finding finding : Finding.sorted(findings)) {
            String severity = finding.isError() ? style.red("error") : style.yellow("warning");
            page.line(style.bold(finding.at().toString()) + ": " + severity + ": "
                    + style.cyan(finding.code().word()));
            page.folded("    ", finding.message());
            String[] fix = finding.fix().toString().split("\n", -1);
            for (int i = 0; i < fix.length; i++) {
                page.line("    " + (i == 0 ? style.green("fix:") : "    ") + " " + fix[i]);
            }
            page.blank();
        }
    }

    /** {@code 2 errors, 1 warning} */
    public static String count(List<Finding> findings) {
        long errors = findings.stream().filter(Finding::isError).count();
        long warnings = findings.size() - errors;
        if (errors == 0) {
            return CountText.of(warnings, "warning");
        }
        return CountText.of(errors, "error") + (warnings == 0 ? "" : ", " + CountText.of(warnings, "warning"));
    }

    public Map<String, @Nullable Object> json() {
        long errors = checked.errors().size();
        return JsonOutput.object(
                "findings",
                Finding.sorted(checked.findings()).stream()
                        .map(FindingsReport::json)
                        .toList(),
                "accepted",
                Finding.sorted(checked.accepted()).stream()
                        .map(FindingsReport::json)
                        .toList(),
                "errors",
                errors,
                "warnings",
                checked.findings().size() - errors);
    }

    private static Map<String, @Nullable Object> json(Finding finding) {
        return JsonOutput.object(
                "code", finding.code().word(),
                "severity", finding.severity().name().toLowerCase(Locale.ROOT),
                "file", finding.at().file(),
                "line", finding.at().line(),
                "column", finding.at().column(),
                "what", finding.what(),
                "message", finding.message(),
                "fix", finding.fix().toString(),
                "paste",
                        finding.fix().paste() == null
                                ? null
                                : json(finding.fix().paste()));
    }

    private static Map<String, @Nullable Object> json(SuggestedFix.Snippet paste) {
        Map<String, @Nullable Object> json = JsonOutput.object("kind", paste.kind(), "text", paste.text());
        if (paste instanceof SuggestedFix.MapEntries entries) {
            json.put("under", entries.under());
            json.put("without", entries.without());
        }
        return json;
    }
}

package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.map.DataMap.LanguageText;
import dev.exeunt.map.DataMap.Offer;
import dev.exeunt.support.processing.ProcessingRecord;
import dev.exeunt.support.processing.ProcessingRecord.Activity;
import dev.exeunt.support.processing.ProcessingRecord.OutlivingData;
import dev.exeunt.support.processing.ProcessingRecord.ProcessedTable;
import dev.exeunt.support.processing.ProcessingRecord.TimeLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The record of processing activities as Markdown, with blanks to fill in, or as JSON. */
public final class ProcessingRecordReport {

    private static final String BLANK = "_to fill in_";

    private static final String SECURITY = """
            ## Security measures (Art. 32(1))

            | measure | how |
            |---|---|
            | pseudonymisation and encryption | _to fill in_ |
            | confidentiality, integrity, availability and resilience | _to fill in_ |
            | restoring data after an incident | _to fill in_ |
            | testing the measures regularly | _to fill in_ |
            """;

    private static final Map<String, String> LABELS = Map.of(
            "name", "Name",
            "address", "Address",
            "contact", "Contact",
            "officer", "Data protection officer",
            "representative", "Representative in the European Union",
            "authority", "Supervisory authority");

    private final ProcessingRecord record;
    private final List<Locale.LanguageRange> languages;
    private final StringBuilder text = new StringBuilder();

    /** @param languages in which the texts are wanted, the best first */
    public ProcessingRecordReport(ProcessingRecord record, List<Locale.LanguageRange> languages) {
        this.record = record;
        this.languages = languages;
    }

    public String markdown() {
        text.append("# Record of processing activities (GDPR Art. 30(1))\n\n")
                .append("Drafted by `exeunt report` from ")
                .append(code(record.file()))
                .append(", which is all it knows: columns that the map does not name are not in it.\n\n");
        table("Controller", "who is responsible", "");
        record.controller().forEach((word, said) -> row(String.valueOf(LABELS.get(word)), shown(said)));
        text.append('\n');
        record.activities().forEach(this::activity);
        timeLimits();
        outliving();
        return text.append(SECURITY).toString();
    }

    private void table(String title, String... columns) {
        text.append("## ").append(title).append("\n\n");
        head(columns);
    }

    private void head(String... columns) {
        row(columns);
        text.append("|---".repeat(columns.length)).append("|\n");
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String code(String name) {
        return "`" + name.replace('`', '\'') + "`";
    }

    /** In one line, with nothing that ends a cell. */
    private static String cell(String said) {
        return said.replaceAll("\\s+", " ").replace("|", "\\|");
    }

    private String shown(LanguageText said) {
        return said.in(languages).map(ProcessingRecordReport::cell).orElse(BLANK);
    }

    private void activity(Activity activity) {
        table("Activity: " + (activity.purpose().isEmpty() ? "purpose to fill in" : shown(activity.purpose())), "", "");
        row("Purpose", shown(activity.purpose()));
        row("Legal basis", shown(activity.basis()));
        row("Categories of people", "people with a row in " + code(record.people()) + ": " + BLANK);
        row("Recipients", recipients(activity));
        row("Source", shown(activity.source()));
        row("Transfers to third countries, with safeguards", shown(record.transfers()));
        row("Automated decisions", shown(record.automatedDecisions()));
        text.append('\n');
        head("table", "categories of data", "when the account is erased");
        activity.tables().forEach(table -> row(named(table), shown(table.categories()), limits(table)));
        text.append('\n');
    }

    private String recipients(Activity activity) {
        String systems =
                record.systems().stream().map(ProcessingRecordReport::code).collect(Collectors.joining(", "));
        return shown(activity.recipients())
                + (systems.isEmpty() ? "" : "; systems that are told of erasures: " + systems);
    }

    private String named(ProcessedTable table) {
        return code(table.table())
                + table.title().in(languages).map(title -> " " + cell(title)).orElse("");
    }

    private static String limits(ProcessedTable table) {
        return table.limits().stream()
                .map(limit -> (limit.role().isEmpty() ? "" : "as " + limit.role() + ": ") + limit.words())
                .collect(Collectors.joining("; "));
    }

    private void timeLimits() {
        table("Envisaged time limits", "what", "how long");
        row(
                "rows of people with an account",
                "as long as the account exists, unless the application deletes them earlier");
        record.offers()
                .forEach(offer -> row("after a request to " + offer.flow().word(), grace(offer)));
        row("backups", record.backups() == null ? BLANK : record.backups().words());
        text.append('\n');
    }

    private static String grace(Offer offer) {
        return offer.grace() == null
                ? "erased at once"
                : "erased " + offer.grace().words() + " after it";
    }

    private void outliving() {
        if (record.outliving().isEmpty()) {
            text.append("## What outlives an erasure\n\nNothing that the map keeps on purpose.\n\n");
            return;
        }
        table("What outlives an erasure", "table", "what stays", "reason", "legal basis", "for", "then");
        for (OutlivingData data : record.outliving()) {
            row(
                    code(data.table()) + (data.role().isEmpty() ? "" : " as " + data.role()),
                    data.columns().isEmpty()
                            ? "rows"
                            : data.columns().stream()
                                    .map(ProcessingRecordReport::code)
                                    .collect(Collectors.joining(", ")),
                    data.reason() == null ? BLANK : cell(data.reason()),
                    data.basis() == null ? BLANK : cell(data.basis()),
                    data.period() == null ? BLANK : data.period().words(),
                    data.thenDelete() ? "deleted" : "");
        }
        text.append('\n');
    }

    public Map<String, @Nullable Object> json() {
        List<Object> activities = new ArrayList<>();
        for (Activity activity : record.activities()) {
            activities.add(JsonOutput.object(
                    "purpose", texts(activity.purpose()),
                    "basis", texts(activity.basis()),
                    "recipients", texts(activity.recipients()),
                    "source", texts(activity.source()),
                    "tables", activity.tables().stream().map(this::json).toList()));
        }
        Map<String, @Nullable Object> controller = JsonOutput.object();
        record.controller().forEach((word, said) -> controller.put(word, texts(said)));
        return JsonOutput.object(
                "controller", controller,
                "people", record.people(),
                "transfers", texts(record.transfers()),
                "automatedDecisions", texts(record.automatedDecisions()),
                "systems", record.systems(),
                "activities", activities,
                "grace", graces(),
                "backups", record.backups() == null ? null : record.backups().toString(),
                "outliving",
                        record.outliving().stream()
                                .map(ProcessingRecordReport::json)
                                .toList());
    }

    private Map<String, @Nullable Object> graces() {
        Map<String, @Nullable Object> graces = JsonOutput.object();
        record.offers()
                .forEach(offer -> graces.put(
                        offer.flow().word(),
                        offer.grace() == null ? "none" : offer.grace().toString()));
        return graces;
    }

    private Map<String, @Nullable Object> json(ProcessedTable table) {
        List<Object> limits = new ArrayList<>();
        for (TimeLimit limit : table.limits()) {
            limits.add(JsonOutput.object(
                    "role", limit.role().isEmpty() ? null : limit.role(), "outcome", limit.outcome()));
        }
        return JsonOutput.object(
                "table", table.table(),
                "title", texts(table.title()),
                "categories", texts(table.categories()),
                "limits", limits);
    }

    private static Map<String, @Nullable Object> json(OutlivingData data) {
        return JsonOutput.object(
                "table", data.table(),
                "role", data.role().isEmpty() ? null : data.role(),
                "columns", data.columns(),
                "reason", data.reason(),
                "basis", data.basis(),
                "for", data.period() == null ? null : data.period().toString(),
                "then", data.thenDelete() ? "delete" : null);
    }

    /** By language tag; null where the map says nothing. */
    private static @Nullable Map<String, String> texts(LanguageText said) {
        return said.isEmpty() ? null : said.texts();
    }
}

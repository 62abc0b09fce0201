package dev.exeunt.internal.export.bundle;

import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.export.law.BundleLaw;
import dev.exeunt.internal.export.law.BundleLaw.SectionLaw;
import dev.exeunt.internal.export.law.LawText;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.export.section.ExtraSection;
import dev.exeunt.internal.plan.Plan;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code README.txt}: the bundle explained to the person whose data it is. */
final class ReadmeText {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy 'at' HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Before what is said of the entry above. */
    private static final String DETAIL = "  ";

    private static final String TO_OPEN = """
            To read it, extract the whole archive into a folder, and open index.html there with a web
            browser. That page needs no internet, and sends nothing anywhere. It reads the folders page
            and data, which are for it alone.

            """;

    private static final String HOW_TO_READ = """
            HOW TO READ IT

            Each section is here twice, with the same rows in the same order: NAME.csv opens in a
            spreadsheet, NAME.json is for programs. Both are text in UTF-8. manifest.json lists
            every file with its rows, its size and its SHA-256 checksum.

            - A time that ends in +00 is in UTC. A time without that stands as the service wrote it,
              which alone knows the time zone. Spans of time are in ISO 8601 (P1DT2H is a day and two
              hours). What lies before the year 1 ends in BC; what has no end says infinity.
            - In CSV an empty cell is "no value", and "" is an empty text. true and false are t and f.
              Lists are in braces.
            - In CSV a text that begins with =, +, - or @, also after blanks, has a single quote (') put
              in front, because a spreadsheet would take it for a formula. So has what begins like
              that after a semicolon, a tab or a line break. The JSON has it as it is.
            - In JSON null is "no value". Where a column holds JSON itself, it may also be a null that
              was stored: the CSV then says null, and is empty for "no value".
            - In JSON whole numbers may be longer than some programs keep exactly (over 15 digits).
              A number that is none is text: "NaN", "Infinity".
            - Binary content is a file of its own in files/, and so is any value over 8 MB. Where it was,
              the CSV has the file's path, the JSON also its type and size. Within lists binary content is
              in hexadecimal after \\x.
            - yours_as says for what reason a row is here, where there are several: it names columns.
            """;

    private static final String FILES = """
            manifest.json lists under "files" which value of which column leads to which file.
            """;

    private final Plan plan;
    private final BundleWriter.BundleHeader header;
    private final List<Long> rows;
    private final LawText law;
    private final FileListing files;
    private final StringBuilder text = new StringBuilder();

    private ReadmeText(Plan plan, BundleWriter.BundleHeader header, BundleRows rows) {
        this.plan = plan;
        this.header = header;
        this.rows = rows.written();
        this.law = new LawText(BundleLaw.of(plan, rows.shared()));
        this.files = rows.files();
    }

    /**
     * Holds how many rows the bundle has.
     *
     * @param written of each section of the header
     * @param shared rows that were left out since another present person holds their value; those of the sections that have some
     * @param files that rows name
     */
    record BundleRows(List<Long> written, List<ExportSummary.SectionRows> shared, FileListing files) {}

    static String of(Plan plan, BundleWriter.BundleHeader header, BundleRows rows) {
        return new ReadmeText(plan, header, rows).write();
    }

    private String write() {
        text.append("YOUR DATA\n\nThis is a copy of what the service's database held about you on ")
                .append(WHEN.format(header.generated()))
                .append(",\nas it was at that one moment.\n\n")
                .append(TO_OPEN);
        if (!header.chosen().isEmpty()) {
            text.append("It holds only what was asked for: ")
                    .append(String.join(", ", header.chosen()))
                    .append(".\nThe service holds more, which you may ask for, too.\n\n");
        }
        list("WHO IS RESPONSIBLE", law.controller(), "");
        list("WHAT IT IS USED FOR", law.use(), "");
        contents();
        list("WHAT IS NOT IN IT", law.withheld(), "The service can tell you more.\n");
        list("FILES THAT ARE NOT IN IT", files.leftOutByColumn(), "");
        list("WHAT STAYS WHEN YOUR ACCOUNT IS ERASED", law.kept(), "");
        text.append("YOUR RIGHTS\n\n");
        law.rights().forEach(line -> text.append(line).append('\n'));
        return text.append('\n').append(HOW_TO_READ).toString();
    }

    private void contents() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < header.sections().size(); i++) {
            ExportSection section = header.sections().get(i);
            lines.add(section.name() + " (" + count(rows.get(i)) + "): " + String.join(", ", section.columnNames()));
            law.section(SectionLaw.of(plan, section)).forEach(line -> lines.add(DETAIL + line));
        }
        for (int i = 0; i < header.additions().size(); i++) {
            ExtraSection addition = header.additions().get(i);
            lines.add(addition.name() + " (" + count(rows.get(header.sections().size() + i)) + "): "
                    + String.join(", ", addition.columnNames()));
        }
        lines.addAll(files.filesBySection());
        list("WHAT IS IN IT", lines, files.isEmpty() ? "" : FILES);
    }

    private static String count(long rows) {
        return rows == 1 ? "1 row" : rows + " rows";
    }

    private void list(String title, List<String> lines, String remark) {
        if (!lines.isEmpty()) {
            text.append(title).append("\n\n");
            lines.forEach(line -> text.append(line.startsWith(DETAIL) ? "" : "- ")
                    .append(line)
                    .append('\n'));
            text.append('\n').append(remark).append(remark.isEmpty() ? "" : "\n");
        }
    }
}

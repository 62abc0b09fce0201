package dev.exeunt.spring.web.page;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Writes what became of the files that the erased rows named. */
final class ReceiptFiles {

    private static final String SECTION = """
            <section aria-labelledby="files-title">
              <h2 id="files-title">%s</h2>
              <ul>
            %s  </ul>
            </section>
            """;

    /** The counts of a receipt, in the order in which they are told. */
    private static final List<String> COUNTS = List.of("deleted", "inUse", "missing", "refused", "waiting");

    private ReceiptFiles() {}

    /** Returns a section with an item for each count; nothing where the rows named no files. */
    static String html(JsonNode receipt, ReceiptTexts texts) {
        StringBuilder items = new StringBuilder();
        for (String count : COUNTS) {
            long files = receipt.path("files").path(count).asLong();
            if (files > 0) {
                String said = texts.text("files." + count, "n", texts.number(files));
                items.append("    <li>").append(ReceiptPage.html(said)).append("</li>\n");
            }
        }
        return items.isEmpty() ? "" : SECTION.formatted(ReceiptPage.html(texts.text("files.heading")), items);
    }
}

package dev.exeunt.spring.web.page;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.TimeSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Writes what became of each table's rows, and why some of them stay. */
final class ReceiptRows {

    private static final String TABLE = """
            <section aria-labelledby="done-title">
              <h2 id="done-title">%s</h2>
            %s  <table>
                <thead><tr><th scope="col">%s</th><th scope="col">%s</th><th scope="col" class="number">%s</th></tr></thead>
                <tbody>
            %s    </tbody>
              </table>
            </section>
            """;

    private static final String KEPT = """
            <section aria-labelledby="kept-title">
              <h2 id="kept-title">%s</h2>
              <ul>
            %s  </ul>
            </section>
            """;

    /** The map's words for what becomes of rows that are changed and stay. */
    private static final Set<String> CHANGED = Set.of("anonymize", "detach", "reassign");

    private final ReceiptTexts texts;
    private final DataMap map;
    private final List<Locale.LanguageRange> languages;

    /** @param languages those that the reader understands, for the map's titles of tables */
    ReceiptRows(ReceiptTexts texts, DataMap map, List<Locale.LanguageRange> languages) {
        this.texts = texts;
        this.map = map;
        this.languages = languages;
    }

    String of(JsonNode receipt) {
        return done(receipt) + reasons(receipt);
    }

    private String done(JsonNode receipt) {
        int subjects = receipt.path("subjects").asInt(1);
        String several =
                subjects > 1 ? ReceiptPage.paragraph(texts.text("done.several", "n", texts.number(subjects))) : "";
        String rows = stream(receipt.path("tables")).map(this::table).collect(Collectors.joining());
        return rows.isEmpty()
                ? ReceiptPage.paragraph(texts.text("done.nothing"))
                : TABLE.formatted(
                        text("done.heading"), several, text("done.what"), text("done.became"), text("done.rows"), rows);
    }

    /** What a table's rows became, one line for each; none where there were no rows. */
    private String table(JsonNode table) {
        List<ReceiptLine> lines = new ArrayList<>();
        lines.add(new ReceiptLine(
                texts.text("became.deleted"), table.path("deleted").asLong()));
        lines.add(new ReceiptLine(changed(table), table.path("changed").asLong()));
        lines.add(new ReceiptLine(
                texts.text("became.kept"),
                stream(table.path("roles"))
                        .filter(ReceiptRows::keeps)
                        .mapToLong(ReceiptRows::reached)
                        .sum()));
        lines.removeIf(line -> line.rows() == 0);
        StringBuilder html = new StringBuilder();
        for (ReceiptLine line : lines) {
            html.append("    <tr>");
            if (html.indexOf("<th") < 0) {
                html.append("<th scope=\"rowgroup\" rowspan=\"" + lines.size() + "\"><bdi>"
                        + ReceiptPage.html(title(table)) + "</bdi></th>");
            }
            html.append("<td>" + ReceiptPage.html(line.became()) + "</td><td class=\"number\">"
                    + texts.number(line.rows()) + "</td></tr>\n");
        }
        return html.toString();
    }

    /** Holds one line of the receipt page: what became of rows, and how many. */
    private record ReceiptLine(String became, long rows) {}

    /** Names the outcome of changed rows. A fate that keeps rows may empty some of their columns. */
    private String changed(JsonNode table) {
        String words = stream(table.path("roles"))
                .filter(role -> reached(role) > 0)
                .map(role -> role.path("fate").asString())
                .filter(CHANGED::contains)
                .distinct()
                .map(fate -> texts.text("became." + fate))
                .collect(Collectors.joining(" " + texts.text("became.or") + " "));
        return words.isEmpty() ? texts.text("became.changed") : words;
    }

    private String reasons(JsonNode receipt) {
        StringBuilder items = new StringBuilder();
        String erasedAt = receipt.path("erasedAt").asString("");
        for (JsonNode table : receipt.path("tables")) {
            String title = title(table);
            stream(table.path("roles"))
                    .filter(ReceiptRows::keeps)
                    .map(role -> texts.text("kept.item", Map.of("table", title, "reason", reason(role, erasedAt))))
                    .distinct()
                    .forEach(item -> items.append(listed(item)));
            stream(table.path("roles"))
                    .mapToLong(role -> role.path("shared").asLong())
                    .filter(rows -> rows > 0)
                    .mapToObj(rows -> texts.text("kept.shared", Map.of("table", title, "n", texts.number(rows))))
                    .forEach(item -> items.append(listed(item)));
        }
        return items.isEmpty() ? "" : KEPT.formatted(text("kept.heading"), items);
    }

    private static String listed(String item) {
        return "    <li>" + ReceiptPage.html(item) + "</li>\n";
    }

    /** Why rows were kept and, where the map says so, until when. */
    private String reason(JsonNode role, String erasedAt) {
        String reason = role.path("reason").asString("");
        String basis = role.path("basis").asString("");
        if (!basis.isEmpty()) {
            reason = texts.text("kept.basis", Map.of("reason", reason, "basis", basis.replace('-', ' ')));
        }
        String soFar = reason;
        return erasedAt.isEmpty()
                ? reason
                : TimeSpan.of(period(role))
                        .map(span -> texts.date(span.after(Instant.parse(erasedAt))))
                        .map(until -> texts.text("kept.until", Map.of("reason", soFar, "date", until)))
                        .orElse(reason);
    }

    /**
     * Returns how long a role's rows stay, empty where the map does not say. Reads receipts that earlier versions stored or saved
     * as well: each of them has one of the two names.
     */
    private static String period(JsonNode role) {
        String period = role.path("for").asString("");
        return period.isEmpty() ? role.path("period").asString("") : period;
    }

    /** The map's title of a table, else its name with its words apart: {@code shop.order_items} is {@code order items}. */
    private String title(JsonNode table) {
        String name = table.path("table").asString();
        return map.words(name)
                .titleIn(languages)
                .orElseGet(() -> name.replaceFirst("^[^.]*\\.", "")
                        .replace('_', ' ')
                        .replaceAll("([a-z])([A-Z])", "$1 $2")
                        .toLowerCase(Locale.ROOT));
    }

    private static boolean keeps(JsonNode role) {
        return role.path("fate").asString().equals("keep") && reached(role) > 0;
    }

    private static long reached(JsonNode role) {
        return role.path("reached").asLong();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private String text(String key) {
        return ReceiptPage.html(texts.text(key));
    }
}

package dev.exeunt.spring.web.page;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Request;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.TimeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/** Writes the receipt as a page for people. All values go through {@link #text}, so none of them becomes markup. */
final class ReceiptPage {

    /** Allows our own style sheet, and nothing else. */
    static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>What became of your request</title>
              <link rel="stylesheet" href="%s">
            </head>
            <body>
            <main>
              <h1>What became of your request</h1>
            %s</main>
            </body>
            </html>
            """;

    private static final String TABLE = """
            <section aria-labelledby="done-title">
              <h2 id="done-title">What was done</h2>
            %s  <table>
                <thead><tr><th scope="col">What</th><th scope="col">Became</th><th scope="col" class="number">How many</th></tr></thead>
                <tbody>
            %s    </tbody>
              </table>
            </section>
            """;

    private static final String KEPT = """
            <section aria-labelledby="kept-title">
              <h2 id="kept-title">What was not erased, and why</h2>
              <ul>
            %s  </ul>
            </section>
            """;

    private static final String ELSEWHERE = """
            <section aria-labelledby="elsewhere-title">
              <h2 id="elsewhere-title">What this does not cover</h2>
              <p>This covers the application’s own database only. For backups, logs and copies that others have received,
              ask the people who run the application.</p>
            </section>
            """;

    /** What becomes of rows that are changed and stay, by the map's words. */
    private static final Map<String, String> CHANGED =
            Map.of("anonymize", "made anonymous", "detach", "no longer linked to them", "reassign", "handed over");

    private final String style;

    /** @param style the address of the style sheet, as the caller reaches it */
    ReceiptPage(String style) {
        this.style = style;
    }

    /** Returns the page for a link without a receipt. */
    String absent() {
        return page(paragraph(
                "There is no receipt at this address. Perhaps the link was not copied as a whole: compare its end."));
    }

    String of(AccountRequests.StoredReceipt kept) {
        Request request = kept.request();
        StringBuilder body = new StringBuilder();
        body.append(paragraph(
                "Asked for on " + TimeText.moment(request.requestedAt()) + ": " + wish(request.flow()) + "."));
        body.append(paragraph(state(request)));
        if (kept.receipt() != null) {
            JsonNode receipt = HttpJson.parsed(kept.receipt());
            body.append(done(receipt)).append(reasons(receipt));
        }
        return page(body + ELSEWHERE);
    }

    private String page(String body) {
        return FRAME.formatted(text(style), body);
    }

    private static String wish(AccountFlow flow) {
        return switch (flow) {
            case DELETE_DATA -> "to delete the data, and keep the account";
            case DEACTIVATE -> "to deactivate the account";
            case DELETE_ACCOUNT -> "to delete the account";
        };
    }

    private static String state(Request request) {
        return switch (request.state()) {
            case SCHEDULED -> scheduled(request);
            case ERASING -> "It is being done now.";
            case ERASED ->
                (request.flow() == AccountFlow.DEACTIVATE ? "The account was deleted" : "It was done")
                        + on(request.erasedAt()) + ".";
            case CANCELLED -> "It was taken back" + on(request.cancelledAt()) + ". Nothing was erased.";
            case REACTIVATED ->
                "The account was taken up again" + on(request.reactivatedAt()) + ". Nothing was erased.";
            case BLOCKED ->
                "It should be done by now, but something stands in the way. Nothing is erased yet; it is"
                        + " checked again regularly.";
            case FAILED ->
                "It failed several times. Nothing is erased. It is tried again only after the people who run the"
                        + " application have looked at it: ask them.";
        };
    }

    private static String scheduled(Request request) {
        String due = TimeText.moment(request.dueAt());
        return request.flow() == AccountFlow.DEACTIVATE
                ? "The account is deactivated, and will be deleted on " + due + " if it is not taken up again before."
                        + " Nothing is erased yet."
                : "It will be done on " + due + " if it is not taken back before. Nothing is erased yet.";
    }

    private static String on(@Nullable Instant at) {
        return at == null ? "" : " on " + TimeText.moment(at);
    }

    private static String done(JsonNode receipt) {
        int subjects = receipt.path("subjects").asInt(1);
        String several = subjects > 1
                ? paragraph(subjects + " people were erased at the same time; the numbers are of all of them.")
                : "";
        String rows = stream(receipt.path("tables")).map(ReceiptPage::table).collect(Collectors.joining());
        return rows.isEmpty() ? paragraph("There was nothing to erase.") : TABLE.formatted(several, rows);
    }

    /** What a table's rows became, one line for each; none where there were no rows. */
    private static String table(JsonNode table) {
        List<ReceiptLine> lines = new ArrayList<>();
        lines.add(new ReceiptLine("deleted", table.path("deleted").asLong()));
        lines.add(new ReceiptLine(changed(table), table.path("changed").asLong()));
        lines.add(new ReceiptLine(
                "kept",
                stream(table.path("roles"))
                        .filter(ReceiptPage::keeps)
                        .mapToLong(ReceiptPage::reached)
                        .sum()));
        lines.removeIf(line -> line.rows() == 0);
        StringBuilder html = new StringBuilder();
        for (ReceiptLine line : lines) {
            html.append("    <tr>");
            if (html.indexOf("<th") < 0) {
                html.append("<th scope=\"rowgroup\" rowspan=\"" + lines.size() + "\">" + text(name(table)) + "</th>");
            }
            html.append("<td>" + text(line.became()) + "</td><td class=\"number\">" + line.rows() + "</td></tr>\n");
        }
        return html.toString();
    }

    /** Holds one line of the receipt page: what became of rows, and how many. */
    private record ReceiptLine(String became, long rows) {}

    /** Names the outcome of changed rows. A fate that keeps rows may empty some of their columns. */
    private static String changed(JsonNode table) {
        String words = stream(table.path("roles"))
                .filter(role -> reached(role) > 0)
                .map(role -> CHANGED.getOrDefault(role.path("fate").asString(), ""))
                .filter(word -> !word.isEmpty())
                .distinct()
                .collect(Collectors.joining(" or "));
        return words.isEmpty() ? "changed in part" : words;
    }

    private static String reasons(JsonNode receipt) {
        StringBuilder items = new StringBuilder();
        String erasedAt = receipt.path("erasedAt").asString("");
        for (JsonNode table : receipt.path("tables")) {
            stream(table.path("roles"))
                    .filter(ReceiptPage::keeps)
                    .map(role -> "    <li>" + text(name(table) + ": " + reason(role, erasedAt)) + "</li>\n")
                    .distinct()
                    .forEach(items::append);
            stream(table.path("roles"))
                    .mapToLong(role -> role.path("shared").asLong())
                    .filter(rows -> rows > 0)
                    .mapToObj(rows -> "    <li>" + text(name(table) + ": " + shared(rows)) + "</li>\n")
                    .forEach(items::append);
        }
        return items.isEmpty() ? "" : KEPT.formatted(items);
    }

    private static String shared(long rows) {
        return (rows == 1 ? "1 row" : rows + " rows") + " found by a name or address that another account has as well.";
    }

    /** Why rows were kept and, where the map says so, until when. */
    private static String reason(JsonNode role, String erasedAt) {
        String basis = role.path("basis").asString("");
        String period = period(role);
        return role.path("reason").asString("")
                + (basis.isEmpty() ? "" : " (" + basis.replace('-', ' ') + ")")
                + (period.isEmpty()
                        ? ""
                        : ", for " + TimeSpan.of(period).map(TimeSpan::words).orElse(period))
                + until(period, erasedAt) + ".";
    }

    /**
     * Returns how long a role's rows stay, empty where the map does not say. Reads receipts that earlier versions stored or saved
     * as well: each of them has one of the two names.
     */
    private static String period(JsonNode role) {
        String period = role.path("for").asString("");
        return period.isEmpty() ? role.path("period").asString("") : period;
    }

    private static String until(String period, String erasedAt) {
        return erasedAt.isEmpty()
                ? ""
                : TimeSpan.of(period)
                        .map(span -> ", until " + TimeText.date(span.after(Instant.parse(erasedAt))))
                        .orElse("");
    }

    /** Returns the table's name with spaces, where a narrow window can break it. */
    private static String name(JsonNode table) {
        return table.path("table").asString().replace('_', ' ');
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

    private static String paragraph(String text) {
        return "  <p>" + text(text) + "</p>\n";
    }

    private static String text(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}

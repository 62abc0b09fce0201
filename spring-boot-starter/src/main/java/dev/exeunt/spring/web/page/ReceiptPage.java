package dev.exeunt.spring.web.page;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Request;
import dev.exeunt.spring.web.json.HttpJson;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/** Writes the receipt as a page for people. All values go through {@link #html}, so none of them becomes markup. */
final class ReceiptPage {

    /** Allows our own style sheet, and nothing else. */
    static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String FRAME = """
            <!doctype html>
            <html lang="%1$s" dir="%2$s">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>%3$s</title>
              <link rel="stylesheet" href="%4$s">
            </head>
            <body>
            <main>
              <h1>%3$s</h1>
            %5$s</main>
            </body>
            </html>
            """;

    private static final String ELSEWHERE = """
            <section aria-labelledby="elsewhere-title">
              <h2 id="elsewhere-title">%s</h2>
              <p>%s</p>
            </section>
            """;

    private static final String FILE = """
            <section aria-labelledby="file-title">
              <h2 id="file-title">%s</h2>
              <p>%s</p>
              <p><a href="%s" download="receipt.json">%s</a></p>
            </section>
            """;

    private final String style;
    private final ReceiptTexts texts;
    private final ReceiptRows rows;

    /**
     * @param style the address of the style sheet, as the caller reaches it
     * @param languages those that the reader understands, the best first
     * @param own texts of the operator, by language
     */
    ReceiptPage(String style, DataMap map, List<Locale.LanguageRange> languages, Map<String, Map<String, String>> own) {
        this.style = style;
        this.texts = ReceiptTexts.in(languages, own);
        this.rows = new ReceiptRows(texts, map, languages);
    }

    /** Returns the page for a link without a receipt. */
    String absent() {
        return page(paragraph(texts.text("absent")));
    }

    /**
     * @param answers of other systems about the erasure
     * @param file the address of the receipt as a file
     */
    String of(AccountRequests.StoredReceipt kept, ReceiptSystems.ReceiptAnswers answers, String file) {
        Request request = kept.request();
        StringBuilder body = new StringBuilder();
        body.append(paragraph(texts.text(
                "asked",
                Map.of(
                        "date",
                        texts.moment(request.requestedAt()),
                        "flow",
                        texts.text("flow." + request.flow().word())))));
        body.append(paragraph(state(request, answers)));
        if (kept.receipt() != null) {
            JsonNode receipt = HttpJson.parsed(kept.receipt());
            body.append(rows.of(receipt)).append(ReceiptFiles.html(receipt, texts));
        }
        body.append(answers.html(texts));
        body.append(ELSEWHERE.formatted(html(texts.text("elsewhere.heading")), html(texts.text("elsewhere.text"))));
        if (kept.receipt() != null && HttpJson.parsed(kept.receipt()).has("signature")) {
            body.append(FILE.formatted(
                    html(texts.text("file.heading")),
                    html(texts.text("file.text")),
                    html(file),
                    html(texts.text("file.link"))));
        }
        return page(body.toString());
    }

    private String page(String body) {
        return FRAME.formatted(texts.language(), texts.direction(), html(texts.text("title")), html(style), body);
    }

    private String state(Request request, ReceiptSystems.ReceiptAnswers answers) {
        String state = "state." + request.state().word();
        String ofAccount = request.flow() == AccountFlow.DEACTIVATE ? state + ".deactivate" : state;
        return switch (request.state()) {
            case SCHEDULED -> texts.text(ofAccount, "date", texts.moment(request.dueAt()));
            case ERASED ->
                answers.complete()
                        ? texts.text(ofAccount, "date", moment(request.erasedAt()))
                        : answers.waitingSentence(texts, moment(request.erasedAt()));
            case CANCELLED -> texts.text(state, "date", moment(request.cancelledAt()));
            case REACTIVATED -> texts.text(state, "date", moment(request.reactivatedAt()));
            case ERASING, BLOCKED, FAILED -> texts.text(state);
        };
    }

    /** @param at which the request has in the state that asks for it */
    private String moment(@Nullable Instant at) {
        return texts.moment(Objects.requireNonNull(at));
    }

    static String paragraph(String text) {
        return "  <p>" + html(text) + "</p>\n";
    }

    static String html(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}

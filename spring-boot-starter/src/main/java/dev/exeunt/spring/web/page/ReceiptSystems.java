package dev.exeunt.spring.web.page;

import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.support.event.DeliveryEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what other systems answered about an erasure. The reason of a refusal is for staff. */
final class ReceiptSystems {

    private static final String SECTION = """
            <section aria-labelledby="systems-title">
              <h2 id="systems-title">%s</h2>
              <ul>
            %s  </ul>
            </section>
            """;

    private ReceiptSystems() {}

    /** Returns a section with an item for each system that has to answer; nothing where none has. */
    static String html(List<DeliveryEntry> systems, ReceiptTexts texts) {
        if (systems.isEmpty()) {
            return "";
        }
        StringBuilder items = new StringBuilder();
        systems.forEach(each -> items.append("    <li>")
                .append(ReceiptPage.html(sentence(each, texts)))
                .append("</li>\n"));
        return SECTION.formatted(ReceiptPage.html(texts.text("systems.heading")), items);
    }

    private static String sentence(DeliveryEntry each, ReceiptTexts texts) {
        String answer = each.answer();
        Instant until = each.answerBy();
        return answer == null && until != null
                ? texts.text("systems.waiting", Map.of("system", each.system(), "date", texts.date(until)))
                : texts.text("systems." + answer, "system", each.system());
    }

    static List<Map<String, @Nullable Object>> json(List<DeliveryEntry> systems) {
        return systems.stream()
                .map(each -> HttpJson.object(
                        "system", each.system(), "answer", each.answer(), "answerBy", String.valueOf(each.answerBy())))
                .toList();
    }
}

package dev.exeunt.spring.web.page;

import dev.exeunt.request.Request;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.support.event.DeliveryEntry;
import dev.exeunt.support.event.ExternalSystems;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads and writes what other systems answered about an erasure. The reason of a refusal is for staff. */
public final class ReceiptSystems {

    private static final String SECTION = """
            <section aria-labelledby="systems-title">
              <h2 id="systems-title">%s</h2>
              <ul>
            %s  </ul>
            </section>
            """;

    private final ExternalSystems systems;
    private final Clock clock;

    public ReceiptSystems(ExternalSystems systems, Clock clock) {
        this.systems = systems;
        this.clock = clock;
    }

    /** Returns the answers about the erasure of a request. */
    ReceiptAnswers of(Request request) {
        List<DeliveryEntry> entries = request.erasedAt() == null
                ? List.of()
                : systems.ofRequest(request.id()).stream()
                        .filter(each -> each.answerBy() != null)
                        .toList();
        return new ReceiptAnswers(entries, clock.instant());
    }

    /** Holds the deliveries that have to be answered, and the moment at which the receipt is read. */
    record ReceiptAnswers(List<DeliveryEntry> entries, Instant now) {

        private List<DeliveryEntry> waiting() {
            return entries.stream().filter(each -> each.answer() == null).toList();
        }

        /** Whether each system that has to answer has answered, or staff have ended the wait. */
        boolean complete() {
            return waiting().isEmpty();
        }

        /** Returns the sentence about a request that is erased here, and for which systems are waited. */
        String waitingSentence(ReceiptTexts texts, String erasedAt) {
            Instant until = waiting().stream()
                    .map(each -> Objects.requireNonNull(each.answerBy()))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            return texts.text(
                    until.isBefore(now) ? "state.erased.overdue" : "state.erased.waiting",
                    Map.of(
                            "date", erasedAt,
                            "n", texts.number(waiting().size()),
                            "until", texts.date(until)));
        }

        /** Returns a section with an item for each system that has to answer; nothing where none has. */
        String html(ReceiptTexts texts) {
            if (entries.isEmpty()) {
                return "";
            }
            StringBuilder items = new StringBuilder();
            entries.forEach(each -> items.append("    <li>")
                    .append(ReceiptPage.html(sentence(each, texts)))
                    .append("</li>\n"));
            return SECTION.formatted(ReceiptPage.html(texts.text("systems.heading")), items);
        }

        private String sentence(DeliveryEntry each, ReceiptTexts texts) {
            String answer = each.answer();
            if (answer != null) {
                return texts.text("systems." + answer, "system", each.system());
            }
            Instant until = Objects.requireNonNull(each.answerBy());
            return texts.text(
                    until.isBefore(now) ? "systems.overdue" : "systems.waiting",
                    Map.of("system", each.system(), "date", texts.date(until)));
        }

        List<Map<String, @Nullable Object>> json() {
            return entries.stream()
                    .map(each -> HttpJson.object(
                            "system", each.system(),
                            "answer", each.answer(),
                            "answerBy", String.valueOf(each.answerBy())))
                    .toList();
        }
    }
}

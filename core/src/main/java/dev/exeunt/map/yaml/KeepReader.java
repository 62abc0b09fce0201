package dev.exeunt.map.yaml;

import dev.exeunt.map.Fate;
import dev.exeunt.map.Span;
import dev.exeunt.map.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code keep:}, a reason or {@code { reason, basis, for, then }}. */
final class KeepReader {

    private static final Expected KEEP =
            new Expected("keep", "a reason", "keep: { reason: moderation evidence, basis: legal-claims, for: 6y }");
    private static final Expected REASON = new Expected("reason", "a text", "reason: moderation evidence");
    private static final Expected BASIS = new Expected("basis", "a legal basis", "basis: legal-claims");
    private static final Expected FOR = new Expected("for", "a period in days, months or years", "for: 6y");
    private static final Expected THEN = new Expected("then", "delete", "then: delete");

    private final NodeReader nodes;

    KeepReader(NodeReader nodes) {
        this.nodes = nodes;
    }

    @Nullable
    Fate read(Yaml yaml, FateReader.Extras extras) {
        if (!(yaml instanceof Yaml.Mapping)) {
            Word reason = nodes.text(yaml, KEEP);
            return reason == null ? null : keep(reason, null, null, false, extras);
        }
        Fields fields = nodes.fields(yaml, Vocabulary.KEEP, KEEP);
        if (fields == null) {
            return null;
        }
        Yaml reasonNode = nodes.required(fields, "reason", KEEP);
        Word reason = reasonNode == null ? null : nodes.text(reasonNode, REASON);
        Yaml basisNode = fields.value("basis");
        Word basis = basisNode == null ? null : nodes.text(basisNode, BASIS);
        Yaml forNode = fields.value("for");
        Span period = forNode == null ? null : new SpanReader(nodes).ofKeeping(forNode, FOR);
        boolean thenDelete = then(fields);
        return reason == null ? null : keep(reason, basis, period, thenDelete, extras);
    }

    private static Fate keep(
            Word reason, @Nullable Word basis, @Nullable Span period, boolean thenDelete, FateReader.Extras extras) {
        return new Fate.Keep(
                reason.text(),
                basis == null ? null : basis.text(),
                period,
                thenDelete,
                extras.rules(),
                extras.retain(),
                extras.at());
    }

    /** Whether the rows go when the period is over: that takes a period. */
    private boolean then(Fields fields) {
        Yaml.Entry then = fields.entry("then");
        Word word = then == null ? null : nodes.name(then.value(), THEN);
        if (word != null && !word.text().equals("delete")) {
            nodes.faults().unknownWord(word, "then", List.of("delete"));
        } else if (then != null && word != null && !fields.mean("for")) {
            nodes.faults()
                    .malformed(
                            then.key().at(),
                            "then says what follows a period, and keep names none.",
                            "Write how long the rows stay: keep: { reason: …, for: 6y, then: delete }");
        }
        return word != null;
    }
}

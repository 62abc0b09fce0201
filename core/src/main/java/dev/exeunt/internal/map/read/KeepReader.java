package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.read.FateReader.FateColumns;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.TimeSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code keep:}, a reason or {@code { reason, basis, for, then }}. */
final class KeepReader {

    private static final ExpectedNode KEEP =
            new ExpectedNode("keep", "a reason", "keep: { reason: moderation evidence, basis: legal-claims, for: 6y }");
    private static final ExpectedNode REASON = new ExpectedNode("reason", "a text", "reason: moderation evidence");
    private static final ExpectedNode BASIS = new ExpectedNode("basis", "a legal basis", "basis: legal-claims");
    private static final ExpectedNode FOR = new ExpectedNode("for", "a period in days, months or years", "for: 6y");
    private static final ExpectedNode THEN = new ExpectedNode("then", "delete", "then: delete");

    private final NodeReader nodes;

    KeepReader(NodeReader nodes) {
        this.nodes = nodes;
    }

    @Nullable
    Fate read(YamlNode yaml, FateColumns extras) {
        if (!(yaml instanceof YamlNode.YamlMapping)) {
            LocatedText reason = nodes.text(yaml, KEEP);
            return reason == null ? null : keep(reason, new KeepTerms(null, null, false), extras);
        }
        MappingFields fields = nodes.fields(yaml, AllowedWords.KEEP, KEEP);
        if (fields == null) {
            return null;
        }
        YamlNode reasonNode = nodes.required(fields, "reason", KEEP);
        LocatedText reason = reasonNode == null ? null : nodes.text(reasonNode, REASON);
        YamlNode basisNode = fields.value("basis");
        LocatedText basis = basisNode == null ? null : nodes.text(basisNode, BASIS);
        YamlNode forNode = fields.value("for");
        TimeSpan period = forNode == null ? null : new TimeSpanReader(nodes).ofKeeping(forNode, FOR);
        boolean thenDelete = then(fields);
        return reason == null ? null : keep(reason, new KeepTerms(basis, period, thenDelete), extras);
    }

    /** Holds why and how long rows stay, beside the reason. */
    private record KeepTerms(
            @Nullable LocatedText basis, @Nullable TimeSpan period, boolean thenDelete) {}

    private static Fate keep(LocatedText reason, KeepTerms terms, FateColumns extras) {
        LocatedText basis = terms.basis();
        return new Fate.Keep(
                reason.text(),
                basis == null ? null : basis.text(),
                terms.period(),
                terms.thenDelete(),
                extras.rules(),
                extras.retain(),
                extras.at());
    }

    /** Whether the rows go when the period is over: that takes a period. */
    private boolean then(MappingFields fields) {
        YamlNode.YamlEntry then = fields.entry("then");
        LocatedText word = then == null ? null : nodes.name(then.value(), THEN);
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

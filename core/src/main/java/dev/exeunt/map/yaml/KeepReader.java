package dev.exeunt.map.yaml;

import dev.exeunt.map.Fate;
import dev.exeunt.map.Word;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code keep:}, a reason or {@code { reason, basis, for }}. */
final class KeepReader {

    private static final Expected KEEP =
            new Expected("keep", "a reason", "keep: { reason: moderation evidence, basis: legal-claims, for: 6y }");
    private static final Expected REASON = new Expected("reason", "a text", "reason: moderation evidence");
    private static final Expected BASIS = new Expected("basis", "a legal basis", "basis: legal-claims");
    private static final Expected FOR = new Expected("for", "a period in days, months or years", "for: 6y");

    private static final Pattern PERIOD = Pattern.compile("[1-9][0-9]{0,4}[dmy]");

    private final NodeReader nodes;

    KeepReader(NodeReader nodes) {
        this.nodes = nodes;
    }

    @Nullable
    Fate read(Yaml yaml, FateReader.Extras extras) {
        if (!(yaml instanceof Yaml.Mapping)) {
            Word reason = nodes.text(yaml, KEEP);
            return reason == null ? null : keep(reason, null, null, extras);
        }
        Fields fields = nodes.fields(yaml, Vocabulary.KEEP, KEEP);
        if (fields == null) {
            return null;
        }
        Yaml reasonNode = nodes.required(fields, "reason", KEEP);
        Word reason = reasonNode == null ? null : nodes.text(reasonNode, REASON);
        Word basis = optional(fields, BASIS);
        Word period = period(optional(fields, FOR));
        return reason == null ? null : keep(reason, basis, period, extras);
    }

    private static Fate keep(Word reason, @Nullable Word basis, @Nullable Word period, FateReader.Extras extras) {
        return new Fate.Keep(
                reason.text(),
                basis == null ? null : basis.text(),
                period == null ? null : period.text(),
                extras.rules(),
                extras.retain(),
                extras.at());
    }

    private @Nullable Word optional(Fields fields, Expected expected) {
        Yaml value = fields.value(expected.what());
        return value == null ? null : nodes.text(value, expected);
    }

    private @Nullable Word period(@Nullable Word period) {
        if (period != null && !PERIOD.matcher(period.text()).matches()) {
            nodes.faults()
                    .malformed(
                            period.at(),
                            Shown.quoted(period.text()) + " is not a period.",
                            "Write a number and d, m or y: 30d, 18m, 6y.");
        }
        return period;
    }
}

package dev.exeunt.map.yaml;

import dev.exeunt.map.Flow;
import dev.exeunt.map.Lifecycle;
import dev.exeunt.map.Lifecycle.Offer;
import dev.exeunt.map.Span;
import dev.exeunt.map.Word;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code flows:}, wherever it stands: which of them the application offers, and what differs between them. */
final class FlowReader {

    private static final Expected OFFERS =
            new Expected("flows", "the flows the application offers", "flows: { delete-account: { grace: 30d } }");
    private static final Expected OFFER =
            new Expected("A flow", "grace, login-block or confirm, or nothing", "delete-account: { grace: 30d }");
    private static final Expected GRACE = new Expected("grace", "a period, or none", "grace: 30d");
    private static final Expected BLOCK = new Expected("login-block", "a period", "login-block: 24h");
    private static final Expected CONFIRM = new Expected("confirm", "an identifier of the subject", "confirm: email");

    private final NodeReader nodes;
    private final Faults faults;
    private final SpanReader spans;
    private final List<Word> mentioned = new ArrayList<>();

    FlowReader(NodeReader nodes) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.spans = new SpanReader(nodes);
    }

    /** The map's own: a flow with nothing behind it has every default. */
    List<Offer> offers(Yaml yaml) {
        List<Offer> offers = new ArrayList<>();
        for (Yaml.Entry entry : nodes.entries(yaml, OFFERS)) {
            Flow flow = flow(entry.key());
            Offer offer = flow == null ? null : offer(flow, entry);
            if (offer != null) {
                offers.add(offer);
            }
        }
        return offers;
    }

    private @Nullable Offer offer(Flow flow, Yaml.Entry entry) {
        boolean bare = entry.value() instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.NULL;
        if (bare) {
            return new Offer(flow, Offer.GRACE, null, null, entry.key().at());
        }
        Vocabulary words = flow == Flow.DELETE_DATA ? Vocabulary.DELETE_DATA : Vocabulary.FLOW;
        Fields fields = nodes.fields(entry.value(), words, OFFER);
        if (fields == null) {
            return null;
        }
        Yaml graceNode = fields.value("grace");
        Yaml blockNode = fields.value("login-block");
        Yaml confirmNode = fields.value("confirm");
        Span grace = graceNode == null ? Offer.GRACE : grace(graceNode);
        Span block = blockNode == null ? null : spans.ofRequest(blockNode, BLOCK);
        Word confirm = confirmNode == null ? null : nodes.name(confirmNode, CONFIRM);
        return new Offer(flow, grace, block, confirm, entry.key().at());
    }

    /** Null for {@code none}. */
    private @Nullable Span grace(Yaml yaml) {
        boolean none = yaml instanceof Yaml.Scalar scalar
                && scalar.kind() == Yaml.Kind.TEXT
                && scalar.text().equals("none");
        return none ? null : spans.ofGrace(yaml, GRACE);
    }

    /** {@code flows: { deactivate: …, delete-account: … }} beside nothing else. */
    <T> ByFlow<T> each(Yaml yaml, Expected expected, Function<Yaml, T> read) {
        Map<Flow, T> each = new EnumMap<>(Flow.class);
        for (Yaml.Entry entry : nodes.entries(yaml, expected)) {
            Flow flow = mentioned(entry.key());
            T value = read.apply(entry.value());
            if (flow != null) {
                each.put(flow, value);
            }
        }
        return new ByFlow<>(null, Map.copyOf(each));
    }

    /** {@code flows: [deactivate, delete-account]} */
    List<Flow> list(Yaml yaml, Expected expected) {
        List<Flow> flows = new ArrayList<>();
        for (Word word : nodes.list(yaml, expected)) {
            Flow flow = mentioned(word);
            if (flow != null) {
                flows.add(flow);
            }
        }
        return flows;
    }

    /** What is said of a flow that nobody can ask for would never be done. Deleting the account is always to be had. */
    void refuseNotOffered(Lifecycle lifecycle) {
        for (Word word : mentioned) {
            Flow flow = Flow.of(word.text()).orElseThrow();
            if (flow != Flow.DELETE_ACCOUNT && lifecycle.offer(flow).isEmpty()) {
                faults.malformed(
                        word.at(),
                        "This is for " + word + ", which the map does not offer.",
                        "Take " + word + " out here, or offer it at the top of the map: flows: { " + word + ": }");
            }
        }
    }

    private @Nullable Flow mentioned(Word word) {
        Flow flow = flow(word);
        if (flow != null) {
            mentioned.add(word);
        }
        return flow;
    }

    private @Nullable Flow flow(Word word) {
        Flow flow = Flow.of(word.text()).orElse(null);
        if (flow == null) {
            faults.unknownWord(word, "flows", Flow.words());
        }
        return flow;
    }
}

package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.LifecycleSettings;
import dev.exeunt.internal.map.LifecycleSettings.OfferedFlow;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.TimeSpan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code flows:}, wherever it stands: which of them the application offers, and what differs between them. */
public final class FlowReader {

    private static final ExpectedNode OFFERS =
            new ExpectedNode("flows", "the flows the application offers", "flows: { delete-account: { grace: 30d } }");
    private static final ExpectedNode OFFER = new ExpectedNode(
            "A flow", "grace, login-block, lifted-by or confirm, or nothing", "delete-account: { grace: 30d }");
    private static final ExpectedNode GRACE = new ExpectedNode("grace", "a period, or none", "grace: 30d");
    private static final ExpectedNode BLOCK = new ExpectedNode("login-block", "a period", "login-block: 24h");
    private static final ExpectedNode LIFTED =
            new ExpectedNode("lifted-by", "reactivation or cancellation", "lifted-by: reactivation");
    private static final ExpectedNode CONFIRM =
            new ExpectedNode("confirm", "an identifier of the subject", "confirm: email");

    private final NodeReader nodes;
    private final FaultCollector faults;
    private final TimeSpanReader spans;
    private final List<LocatedText> mentioned = new ArrayList<>();

    FlowReader(NodeReader nodes) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.spans = new TimeSpanReader(nodes);
    }

    /** The map's own: a flow with nothing behind it has every default. */
    List<OfferedFlow> offers(YamlNode yaml) {
        List<OfferedFlow> offers = new ArrayList<>();
        for (YamlNode.YamlEntry entry : nodes.entries(yaml, OFFERS)) {
            AccountFlow flow = flow(entry.key());
            OfferedFlow offer = flow == null ? null : offer(flow, entry);
            if (offer != null) {
                offers.add(offer);
            }
        }
        return offers;
    }

    private @Nullable OfferedFlow offer(AccountFlow flow, YamlNode.YamlEntry entry) {
        boolean bare = entry.value() instanceof YamlNode.YamlScalar scalar && scalar.kind() == YamlNode.ScalarType.NULL;
        if (bare) {
            return new OfferedFlow(
                    flow, OfferedFlow.GRACE, null, false, null, entry.key().at());
        }
        AllowedWords words = flow == AccountFlow.DELETE_DATA ? AllowedWords.DELETE_DATA : AllowedWords.FLOW;
        MappingFields fields = nodes.fields(entry.value(), words, OFFER);
        if (fields == null) {
            return null;
        }
        YamlNode graceNode = fields.value("grace");
        YamlNode blockNode = fields.value("login-block");
        YamlNode confirmNode = fields.value("confirm");
        TimeSpan grace = graceNode == null ? OfferedFlow.GRACE : grace(graceNode);
        TimeSpan block = blockNode == null ? null : spans.ofRequest(blockNode, BLOCK);
        LocatedText confirm = confirmNode == null ? null : nodes.name(confirmNode, CONFIRM);
        boolean liftable = isLiftable(flow, fields.value("lifted-by"), block != null);
        return new OfferedFlow(
                flow, grace, block, liftable, confirm, entry.key().at());
    }

    /** Whether {@code lifted-by} says that taking the request back ends the login block. */
    private boolean isLiftable(AccountFlow flow, @Nullable YamlNode yaml, boolean blocks) {
        if (yaml == null) {
            return false;
        }
        LocatedText word = nodes.name(yaml, LIFTED);
        String valid = liftingWord(flow);
        if (word != null && !word.text().equals(valid)) {
            faults.unknownWord(word, "lifted-by of " + flow.word(), List.of(valid));
        } else if (!blocks) {
            faults.malformed(
                    yaml.at(),
                    "lifted-by says what ends a login block, and this flow has none.",
                    "Take lifted-by out, or say how long the person cannot sign in: login-block: 24h");
        }
        return true;
    }

    /** Returns the word for taking back a request of the flow. */
    public static String liftingWord(AccountFlow flow) {
        return flow == AccountFlow.DEACTIVATE ? "reactivation" : "cancellation";
    }

    /** Null for {@code none}. */
    private @Nullable TimeSpan grace(YamlNode yaml) {
        boolean none = yaml instanceof YamlNode.YamlScalar scalar
                && scalar.kind() == YamlNode.ScalarType.TEXT
                && scalar.text().equals("none");
        return none ? null : spans.ofGrace(yaml, GRACE);
    }

    /** {@code flows: { deactivate: …, delete-account: … }} beside nothing else. */
    <T> PerFlowValue<T> each(YamlNode yaml, ExpectedNode expected, Function<YamlNode, T> read) {
        Map<AccountFlow, T> each = new EnumMap<>(AccountFlow.class);
        for (YamlNode.YamlEntry entry : nodes.entries(yaml, expected)) {
            AccountFlow flow = mentioned(entry.key());
            T value = read.apply(entry.value());
            if (flow != null) {
                each.put(flow, value);
            }
        }
        return new PerFlowValue<>(null, Map.copyOf(each));
    }

    /** {@code flows: [deactivate, delete-account]} */
    List<AccountFlow> list(YamlNode yaml, ExpectedNode expected) {
        List<AccountFlow> flows = new ArrayList<>();
        for (LocatedText word : nodes.list(yaml, expected)) {
            AccountFlow flow = mentioned(word);
            if (flow != null) {
                flows.add(flow);
            }
        }
        return flows;
    }

    /**
     * Refuses rules for flows that are not offered, because they would never be applied. Deleting the account is always
     * offered.
     */
    void refuseNotOffered(LifecycleSettings lifecycle) {
        for (LocatedText word : mentioned) {
            AccountFlow flow = AccountFlow.of(word.text()).orElseThrow();
            if (flow != AccountFlow.DELETE_ACCOUNT && lifecycle.offer(flow).isEmpty()) {
                faults.malformed(
                        word.at(),
                        "This is for " + word + ", which the map does not offer.",
                        "Take " + word + " out here, or offer it at the top of the map: flows: { " + word + ": }");
            }
        }
    }

    private @Nullable AccountFlow mentioned(LocatedText word) {
        AccountFlow flow = flow(word);
        if (flow != null) {
            mentioned.add(word);
        }
        return flow;
    }

    private @Nullable AccountFlow flow(LocatedText word) {
        AccountFlow flow = AccountFlow.of(word.text()).orElse(null);
        if (flow == null) {
            faults.unknownWord(word, "flows", AccountFlow.words());
        }
        return flow;
    }
}

package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.LifecycleSettings.EventName;
import dev.exeunt.internal.map.LifecycleSettings.ExternalSystem;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the systems under {@code external}: what they are told of, and what they have to answer. */
public final class ExternalSystemReader {

    /** What a name may be: it is part of the names of settings, and of addresses. */
    public static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    private static final String EXAMPLE = "billing: { locators: \"select …\", deadline: 30d }";

    private static final ExpectedNode EXTERNAL =
            new ExpectedNode("external", "names, each with events, locators, deadline or before-erasure", EXAMPLE);
    private static final ExpectedNode SYSTEM =
            new ExpectedNode("An external system", "events, locators, deadline or before-erasure", EXAMPLE);
    private static final ExpectedNode EVENTS =
            new ExpectedNode("events", "a list of events", "events: [deactivated, reactivated, erased]");
    private static final ExpectedNode LOCATORS = new ExpectedNode(
            "locators", "a query", "locators: \"select customer_id from subscriptions where user_id = :subject\"");
    private static final ExpectedNode BEFORE = new ExpectedNode("before-erasure", "a period", "before-erasure: 10min");
    private static final ExpectedNode DEADLINE = new ExpectedNode("deadline", "a period", "deadline: 30d");

    private final NodeReader nodes;
    private final FaultCollector faults;

    ExternalSystemReader(NodeReader nodes) {
        this.nodes = nodes;
        this.faults = nodes.faults();
    }

    List<ExternalSystem> systems(YamlNode yaml) {
        List<ExternalSystem> systems = new ArrayList<>();
        for (YamlNode.YamlEntry entry : nodes.entries(yaml, EXTERNAL)) {
            MappingFields fields = nodes.fields(entry.value(), AllowedWords.EXTERNAL, SYSTEM);
            if (fields != null) {
                refuseName(entry.key());
                systems.add(system(entry, fields));
            }
        }
        return systems;
    }

    private ExternalSystem system(YamlNode.YamlEntry entry, MappingFields fields) {
        YamlNode events = fields.value("events");
        YamlNode locators = fields.value("locators");
        YamlNode deadline = fields.value("deadline");
        YamlNode before = fields.value("before-erasure");
        if (events == null && locators == null && deadline == null && before == null && fields.complete()) {
            nodes.wrong(entry.value(), SYSTEM);
        }
        TimeSpan until = locators == null ? null : ExternalSystem.DEADLINE;
        return new ExternalSystem(
                entry.key(),
                events == null ? List.of() : events(events),
                locators == null ? null : nodes.text(locators, LOCATORS),
                deadline == null ? until : deadline(deadline),
                before == null ? null : new TimeSpanReader(nodes).ofWait(before, BEFORE));
    }

    private List<String> events(YamlNode yaml) {
        List<String> known = EventName.words();
        List<String> events = new ArrayList<>();
        for (LocatedText event : nodes.list(yaml, EVENTS)) {
            if (!known.contains(event.text())) {
                faults.unknownWord(event, "events", known);
            }
            events.add(event.text());
        }
        return events;
    }

    private @Nullable TimeSpan deadline(YamlNode yaml) {
        return new TimeSpanReader(nodes).ofRequest(yaml, DEADLINE);
    }

    private void refuseName(LocatedText name) {
        if (!name.text().matches(NAME)) {
            faults.malformed(
                    name.at(),
                    ValueExcerpt.quoted(name.text())
                            + " is no name of a system: it has small letters and digits, with single hyphens between.",
                    "Write billing, or identity-provider.");
        }
    }
}

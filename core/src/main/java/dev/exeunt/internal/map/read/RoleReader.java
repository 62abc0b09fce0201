package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.ExportRule;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.HideRule;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.RoleLifecycle;
import dev.exeunt.internal.map.RoleLifecycle.DeletionScope;
import dev.exeunt.internal.map.RoleLifecycle.HiddenRowVisibility;
import dev.exeunt.internal.map.RoleLifecycle.NewRowPolicy;
import dev.exeunt.internal.map.RoleLifecycle.PolicyForm;
import dev.exeunt.internal.map.RowTreatment;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.Finding.Position;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a table or link says of its rows, applies inherited settings, and creates the role. */
final class RoleReader {

    private static final ExpectedNode SCOPE = new ExpectedNode("scope", "data or account", "scope: account");
    private static final ExpectedNode NEW_ROWS = new ExpectedNode("new-rows", "allow or refuse", "new-rows: refuse");
    private static final ExpectedNode READS = new ExpectedNode("reads", "absent or shown", "reads: shown");
    private static final ExpectedNode POLICY = new ExpectedNode("policy", "scan or feed", "policy: feed");
    private static final ExpectedNode CREATED = ExpectedNode.column("created", "created: created_at");

    private final NodeReader nodes;
    private final FaultCollector faults;
    private final FateReader fates;
    private final ExportRuleReader exports;
    private final HideReader hides;

    RoleReader(NodeReader nodes, FlowReader flows) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.fates = new FateReader(nodes, flows);
        this.exports = new ExportRuleReader(nodes);
        this.hides = new HideReader(nodes, flows);
    }

    RowSettings said(MappingFields fields, RowSettings inherited) {
        YamlNode erase = fields.value("erase");
        YamlNode export = fields.value("export");
        YamlNode hide = fields.value("hide");
        YamlNode created = fields.value("created");
        LocatedText newRows = choice(fields, NEW_ROWS, List.of("allow", "refuse"));
        LocatedText reads = choice(fields, READS, List.of("absent", "shown"));
        LocatedText policy = choice(fields, POLICY, PolicyForm.words());
        LocatedText scope = choice(fields, SCOPE, List.of("data", "account"));
        return new RowSettings(
                erase == null ? inherited.erase : fates.read(erase),
                export == null ? inherited.export : exports.rule(export),
                hide == null ? inherited.hide : hides.read(hide),
                scope == null ? inherited.scope : scope,
                created == null ? inherited.created : nodes.name(created, CREATED),
                newRows == null ? inherited.newRows : newRows,
                reads == null ? inherited.reads : reads,
                policy == null ? inherited.policy : policy);
    }

    private @Nullable LocatedText choice(MappingFields fields, ExpectedNode expected, List<String> words) {
        YamlNode yaml = fields.value(expected.what());
        LocatedText word = yaml == null ? null : nodes.name(yaml, expected);
        if (word != null && !words.contains(word.text())) {
            faults.unknownWord(word, expected.what(), words);
            return null;
        }
        return word;
    }

    Role role(LocatedText name, Link link, RowSettings said) {
        Position at = name.at();
        RoleLifecycle handling = handling(link, said, at);
        ExportRule export = said.export == null ? ExportRule.everything(at) : said.export;
        return new Role(name.text(), link, handling.fate(AccountFlow.DELETE_ACCOUNT), export, handling, at);
    }

    private RoleLifecycle handling(Link link, RowSettings said, Position at) {
        boolean account = said.scope == null
                ? link instanceof Link.SelfLink
                : said.scope.text().equals("account");
        if (account) {
            refuseByFlow(said.erase);
            refuseByFlow(said.hide);
        }
        refuseByOthers(link, said.newRows);
        return new RoleLifecycle(
                account ? DeletionScope.ACCOUNT : DeletionScope.DATA,
                hidden(said.hide, account),
                said.created,
                is(said.newRows, "refuse") ? NewRowPolicy.REFUSE : NewRowPolicy.ALLOW,
                is(said.reads, "shown") ? HiddenRowVisibility.SHOWN : HiddenRowVisibility.ABSENT,
                is(said.policy, PolicyForm.FEED.word()) ? PolicyForm.FEED : PolicyForm.SCAN,
                fates(said.erase, account, at));
    }

    private static boolean is(@Nullable LocatedText word, String text) {
        return word != null && word.text().equals(text);
    }

    private static Map<AccountFlow, HideRule> hidden(@Nullable PerFlowValue<HideRule> said, boolean account) {
        Map<AccountFlow, HideRule> hidden = new EnumMap<>(AccountFlow.class);
        for (AccountFlow flow : AccountFlow.values()) {
            HideRule hide = said == null || account && flow == AccountFlow.DELETE_DATA ? null : said.of(flow);
            if (hide != null) {
                hidden.put(flow, hide);
            }
        }
        return hidden;
    }

    /** Who does not come back from being deactivated is erased as who deletes the account, unless the map says otherwise. */
    private static Map<AccountFlow, Fate> fates(@Nullable PerFlowValue<Fate> said, boolean account, Position at) {
        Fate unsaid = new Fate.Unspecified(at);
        Map<AccountFlow, Fate> fates = new EnumMap<>(AccountFlow.class);
        for (AccountFlow flow : AccountFlow.values()) {
            fates.put(flow, said == null ? unsaid : Objects.requireNonNullElse(said.of(flow), unsaid));
        }
        if (said != null && said.of(AccountFlow.DEACTIVATE) == null) {
            fates.put(AccountFlow.DEACTIVATE, Objects.requireNonNull(fates.get(AccountFlow.DELETE_ACCOUNT)));
        }
        if (account) {
            fates.put(AccountFlow.DELETE_DATA, new Fate.Untouched(at));
        }
        return fates;
    }

    private void refuseByFlow(@Nullable PerFlowValue<? extends RowTreatment> said) {
        RowTreatment forData = said == null ? null : said.each().get(AccountFlow.DELETE_DATA);
        if (forData != null) {
            faults.malformed(
                    forData.at(),
                    "This is for delete-data, which leaves rows of the account alone.",
                    "Take delete-data out, or write scope: data.");
        }
    }

    /** What others write to or about the person goes through; only the person's own rows can be refused. */
    private void refuseByOthers(Link link, @Nullable LocatedText newRows) {
        if (newRows != null && is(newRows, "refuse") && !(link instanceof Link.DirectLink)) {
            faults.malformed(
                    newRows.at(),
                    "New rows can only be refused where a link says subject: the database has to see whose they are.",
                    "Take new-rows out, or say it in the link that names the author.");
        }
    }

    /** Holds what a table or link says of its rows, with the settings it inherits. */
    record RowSettings(
            @Nullable PerFlowValue<Fate> erase,
            @Nullable ExportRule export,
            @Nullable PerFlowValue<HideRule> hide,
            @Nullable LocatedText scope,
            @Nullable LocatedText created,
            @Nullable LocatedText newRows,
            @Nullable LocatedText reads,
            @Nullable LocatedText policy) {
        static final RowSettings NOTHING = new RowSettings(null, null, null, null, null, null, null, null);
    }
}

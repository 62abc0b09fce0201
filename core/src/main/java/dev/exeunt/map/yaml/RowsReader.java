package dev.exeunt.map.yaml;

import dev.exeunt.map.ExportRule;
import dev.exeunt.map.Fate;
import dev.exeunt.map.Flow;
import dev.exeunt.map.Handling;
import dev.exeunt.map.Handling.NewRows;
import dev.exeunt.map.Handling.Reads;
import dev.exeunt.map.Handling.Scope;
import dev.exeunt.map.Hide;
import dev.exeunt.map.Link;
import dev.exeunt.map.Position;
import dev.exeunt.map.Role;
import dev.exeunt.map.Word;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a table or a link says of its rows, fills in what it inherits, and makes roles of it. */
final class RowsReader {

    private static final Expected SCOPE = new Expected("scope", "data or account", "scope: account");
    private static final Expected NEW_ROWS = new Expected("new-rows", "allow or refuse", "new-rows: refuse");
    private static final Expected READS = new Expected("reads", "absent or shown", "reads: shown");
    private static final Expected CREATED = Expected.column("created", "created: created_at");

    private final NodeReader nodes;
    private final Faults faults;
    private final FateReader fates;
    private final ExportReader exports;
    private final HideReader hides;

    RowsReader(NodeReader nodes, FlowReader flows) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.fates = new FateReader(nodes, flows);
        this.exports = new ExportReader(nodes);
        this.hides = new HideReader(nodes, flows);
    }

    Said said(Fields fields, Said inherited) {
        Yaml erase = fields.value("erase");
        Yaml export = fields.value("export");
        Yaml hide = fields.value("hide");
        Yaml created = fields.value("created");
        Word newRows = choice(fields, NEW_ROWS, List.of("allow", "refuse"));
        Word reads = choice(fields, READS, List.of("absent", "shown"));
        Word scope = choice(fields, SCOPE, List.of("data", "account"));
        return new Said(
                erase == null ? inherited.erase : fates.read(erase),
                export == null ? inherited.export : exports.rule(export),
                hide == null ? inherited.hide : hides.read(hide),
                scope == null ? inherited.scope : scope,
                created == null ? inherited.created : nodes.name(created, CREATED),
                newRows == null ? inherited.newRows : newRows,
                reads == null ? inherited.reads : reads);
    }

    private @Nullable Word choice(Fields fields, Expected expected, List<String> words) {
        Yaml yaml = fields.value(expected.what());
        Word word = yaml == null ? null : nodes.name(yaml, expected);
        if (word != null && !words.contains(word.text())) {
            faults.unknownWord(word, expected.what(), words);
            return null;
        }
        return word;
    }

    Role role(Word name, Link link, Said said) {
        Position at = name.at();
        Handling handling = handling(link, said, at);
        ExportRule export = said.export == null ? new ExportRule(false, List.of(), List.of(), at) : said.export;
        return new Role(name.text(), link, handling.fate(Flow.DELETE_ACCOUNT), export, handling, at);
    }

    private Handling handling(Link link, Said said, Position at) {
        boolean account = said.scope == null
                ? link instanceof Link.Self
                : said.scope.text().equals("account");
        if (account) {
            refuseByFlow(said.erase);
            refuseByFlow(said.hide);
        }
        refuseByOthers(link, said.newRows);
        return new Handling(
                account ? Scope.ACCOUNT : Scope.DATA,
                hidden(said.hide, account),
                said.created,
                is(said.newRows, "refuse") ? NewRows.REFUSE : NewRows.ALLOW,
                is(said.reads, "shown") ? Reads.SHOWN : Reads.ABSENT,
                fates(said.erase, account, at));
    }

    private static boolean is(@Nullable Word word, String text) {
        return word != null && word.text().equals(text);
    }

    private static Map<Flow, Hide> hidden(@Nullable ByFlow<Hide> said, boolean account) {
        Map<Flow, Hide> hidden = new EnumMap<>(Flow.class);
        for (Flow flow : Flow.values()) {
            Hide hide = said == null || account && flow == Flow.DELETE_DATA ? null : said.of(flow);
            if (hide != null) {
                hidden.put(flow, hide);
            }
        }
        return hidden;
    }

    /** Who does not come back from being deactivated is erased as who deletes the account, unless the map says otherwise. */
    private static Map<Flow, Fate> fates(@Nullable ByFlow<Fate> said, boolean account, Position at) {
        Fate unsaid = new Fate.Unsaid(at);
        Map<Flow, Fate> fates = new EnumMap<>(Flow.class);
        for (Flow flow : Flow.values()) {
            fates.put(flow, said == null ? unsaid : Objects.requireNonNullElse(said.of(flow), unsaid));
        }
        if (said != null && said.of(Flow.DEACTIVATE) == null) {
            fates.put(Flow.DEACTIVATE, Objects.requireNonNull(fates.get(Flow.DELETE_ACCOUNT)));
        }
        if (account) {
            fates.put(Flow.DELETE_DATA, new Fate.Untouched(at));
        }
        return fates;
    }

    private void refuseByFlow(@Nullable ByFlow<?> said) {
        Object forData = said == null ? null : said.each().get(Flow.DELETE_DATA);
        if (forData != null) {
            Position at = forData instanceof Fate fate ? fate.at() : ((Hide) forData).at();
            faults.malformed(
                    at,
                    "This is for delete-data, which leaves rows of the account alone.",
                    "Take delete-data out, or write scope: data.");
        }
    }

    /** What others write to or about the person goes through; only the person's own rows can be refused. */
    private void refuseByOthers(Link link, @Nullable Word newRows) {
        if (newRows != null && is(newRows, "refuse") && !(link instanceof Link.Direct)) {
            faults.malformed(
                    newRows.at(),
                    "New rows can only be refused where a link says subject: the database has to see whose they are.",
                    "Take new-rows out, or say it in the link that names the author.");
        }
    }

    /** What a table or a link says of its rows, or inherits. */
    record Said(
            @Nullable ByFlow<Fate> erase,
            @Nullable ExportRule export,
            @Nullable ByFlow<Hide> hide,
            @Nullable Word scope,
            @Nullable Word created,
            @Nullable Word newRows,
            @Nullable Word reads) {
        static final Said NOTHING = new Said(null, null, null, null, null, null, null);
    }
}

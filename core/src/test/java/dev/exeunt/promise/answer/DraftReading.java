package dev.exeunt.promise.answer;

import dev.exeunt.map.ColumnRule;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Rule.Part;
import dev.exeunt.map.TableMap;
import dev.exeunt.map.TableRef;
import dev.exeunt.map.Word;
import dev.exeunt.promise.made.MadeSchema;
import dev.exeunt.promise.made.MadeTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What {@code init} has drafted, as a model. */
public final class DraftReading {

    private final MadeSchema schema;

    private DraftReading(MadeSchema schema) {
        this.schema = schema;
    }

    public static Answers of(MadeSchema schema, DataMap map) {
        return new DraftReading(schema).read(map);
    }

    private Answers read(DataMap map) {
        Map<MadeTable, String> sections = new LinkedHashMap<>();
        List<Role> roles = new ArrayList<>();
        for (TableMap tableMap : map.tables()) {
            MadeTable table = table(tableMap.table());
            sections.put(table, tableMap.section());
            tableMap.roles().forEach(r -> roles.add(role(map, table, r)));
        }
        TreeSet<String> notPersonal = new TreeSet<>();
        map.notPersonal().forEach(n -> notPersonal.add("'" + n.table().text().replace("'", "''") + "'"));
        return new Answers(
                schema, sections, roles, notPersonal, words(map.subject().identifiers()));
    }

    /** As a map's names are looked up: by schema, or in {@code public}, or wherever there is one. */
    private MadeTable table(TableRef ref) {
        List<MadeTable> named = schema.tables().stream()
                .filter(t -> t.name().equals(ref.name()))
                .filter(t -> ref.schema() == null || ref.schema().equals(t.schema()))
                .toList();
        return named.stream()
                .filter(t -> t.schema().equals("public"))
                .findFirst()
                .orElseGet(() -> named.get(0));
    }

    private Role role(DataMap map, MadeTable table, dev.exeunt.map.Role role) {
        return new Role(
                table,
                role.name(),
                link(map, role.link()),
                null,
                fate(role.fate()),
                role.export().none(),
                words(role.export().except()));
    }

    private Link link(DataMap map, dev.exeunt.map.Link link) {
        if (link.where() != null) {
            throw new IllegalStateException("a draft that narrows a link: " + link.where());
        }
        if (link instanceof dev.exeunt.map.Link.Direct direct) {
            return new Link.Direct(words(direct.columns()));
        } else if (link instanceof dev.exeunt.map.Link.Through through) {
            MadeTable parent = table(through.table());
            List<String> roles = through.roles().isEmpty() ? onlyRole(map, parent) : words(through.roles());
            return new Link.Through(parent, roles, words(through.on()));
        } else if (link instanceof dev.exeunt.map.Link.Matches matches) {
            return new Link.Matches(matches.identifier().text(), matches.on().text());
        }
        return new Link.Self(schema.people().key());
    }

    private List<String> onlyRole(DataMap map, MadeTable parent) {
        return map.tables().stream()
                .filter(t -> table(t.table()) == parent)
                .flatMap(t -> t.roles().stream())
                .map(dev.exeunt.map.Role::name)
                .toList();
    }

    private static Fate fate(dev.exeunt.map.Fate fate) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        for (ColumnRule rule : fate.rules()) {
            rules.put(rule.column().text(), rule(rule.rule()));
        }
        Fate.Kind kind = fate instanceof dev.exeunt.map.Fate.Unsaid
                ? Fate.Kind.UNDECIDED
                : Fate.Kind.valueOf(fate.word().toUpperCase(java.util.Locale.ROOT));
        List<String> values = fate instanceof dev.exeunt.map.Fate.Detach detach
                ? words(detach.columns())
                : fate instanceof dev.exeunt.map.Fate.Reassign reassign ? reassign.key() : List.of();
        boolean law = fate instanceof dev.exeunt.map.Fate.Keep keep && keep.basis() != null;
        return new Fate(kind, rules, words(fate.retain()), values, law);
    }

    private static Rule rule(dev.exeunt.map.Rule rule) {
        if (rule instanceof dev.exeunt.map.Rule.Literal literal) {
            return new Rule(Rule.Kind.LITERAL, literal.text());
        } else if (rule instanceof dev.exeunt.map.Rule.Sql sql) {
            return new Rule(Rule.Kind.SQL, sql.expression());
        } else if (rule instanceof dev.exeunt.map.Rule.Template template) {
            return new Rule(
                    Rule.Kind.TEMPLATE,
                    template.parts().stream().map(DraftReading::part).collect(Collectors.joining()));
        }
        return Rule.NULL;
    }

    private static String part(Part part) {
        return part instanceof Part.Text text
                ? text.text().replace("{", "{{").replace("}", "}}")
                : "{" + ((Part.Value) part).placeholder().word() + "}";
    }

    private static List<String> words(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }
}

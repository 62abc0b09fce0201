package dev.exeunt.promise.answer;

import dev.exeunt.internal.map.ColumnRule;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Rule.TemplatePart;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.promise.made.RandomSchema;
import dev.exeunt.promise.made.RandomTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Converts a drafted data map into a map model. */
public final class MapModelReader {

    private final RandomSchema schema;

    private MapModelReader(RandomSchema schema) {
        this.schema = schema;
    }

    public static MapModel of(RandomSchema schema, MapDefinition map) {
        return new MapModelReader(schema).read(map);
    }

    private MapModel read(MapDefinition map) {
        Map<RandomTable, String> sections = new LinkedHashMap<>();
        List<ModelRole> roles = new ArrayList<>();
        for (MappedTable tableMap : map.tables()) {
            RandomTable table = table(tableMap.table());
            sections.put(table, tableMap.section());
            tableMap.roles().forEach(r -> roles.add(role(map, table, r)));
        }
        TreeSet<String> notPersonal = new TreeSet<>();
        map.notPersonal().forEach(n -> notPersonal.add("'" + n.table().text().replace("'", "''") + "'"));
        return new MapModel(schema, sections, roles, notPersonal, identifiers(map));
    }

    /** A draft leaves out an address that no index proves to be one person's. The application's owner knows that it names people. */
    private List<String> identifiers(MapDefinition map) {
        List<String> drafted = words(map.subject().identifiers());
        boolean known = drafted.contains("email") || !schema.people().has("email");
        return known
                ? drafted
                : Stream.concat(drafted.stream(), Stream.of("email")).toList();
    }

    /** As a map's names are looked up: by schema, or in {@code public}, or wherever there is one. */
    private RandomTable table(TableReference ref) {
        List<RandomTable> named = schema.tables().stream()
                .filter(t -> t.name().equals(ref.name()))
                .filter(t -> ref.schema() == null || ref.schema().equals(t.schema()))
                .toList();
        return named.stream()
                .filter(t -> t.schema().equals("public"))
                .findFirst()
                .orElseGet(() -> named.get(0));
    }

    private ModelRole role(MapDefinition map, RandomTable table, dev.exeunt.internal.map.Role role) {
        return new ModelRole(
                table,
                role.name(),
                link(map, role.link()),
                null,
                fate(role.fate()),
                role.export().none(),
                words(role.export().except()));
    }

    private ModelLink link(MapDefinition map, dev.exeunt.internal.map.Link link) {
        if (link.where() != null) {
            throw new IllegalStateException("a draft that narrows a link: " + link.where());
        }
        if (link instanceof dev.exeunt.internal.map.Link.DirectLink direct) {
            return new ModelLink.ModelDirectLink(words(direct.columns()));
        } else if (link instanceof dev.exeunt.internal.map.Link.ThroughLink through) {
            RandomTable parent = table(through.table());
            List<String> roles = through.roles().isEmpty() ? onlyRole(map, parent) : words(through.roles());
            return new ModelLink.ModelThroughLink(parent, roles, words(through.on()));
        } else if (link instanceof dev.exeunt.internal.map.Link.IdentifierLink matches) {
            return new ModelLink.ModelIdentifierLink(
                    matches.identifier().text(),
                    matches.on().text(),
                    matches.shared() == null ? null : matches.shared().word());
        }
        return new ModelLink.ModelSelfLink(schema.people().key());
    }

    private List<String> onlyRole(MapDefinition map, RandomTable parent) {
        return map.tables().stream()
                .filter(t -> table(t.table()) == parent)
                .flatMap(t -> t.roles().stream())
                .map(dev.exeunt.internal.map.Role::name)
                .toList();
    }

    private static ModelFate fate(dev.exeunt.internal.map.Fate fate) {
        Map<String, ModelRule> rules = new LinkedHashMap<>();
        for (ColumnRule rule : fate.rules()) {
            rules.put(rule.column().text(), rule(rule.rule()));
        }
        ModelFate.ModelFateKind kind = fate instanceof dev.exeunt.internal.map.Fate.Unspecified
                ? ModelFate.ModelFateKind.UNDECIDED
                : ModelFate.ModelFateKind.valueOf(fate.word().toUpperCase(java.util.Locale.ROOT));
        List<String> values = fate instanceof dev.exeunt.internal.map.Fate.Detach detach
                ? words(detach.columns())
                : fate instanceof dev.exeunt.internal.map.Fate.Reassign reassign ? reassign.key() : List.of();
        boolean law = fate instanceof dev.exeunt.internal.map.Fate.Keep keep && keep.basis() != null;
        return new ModelFate(kind, rules, words(fate.retain()), values, law);
    }

    private static ModelRule rule(dev.exeunt.internal.map.Rule rule) {
        if (rule instanceof dev.exeunt.internal.map.Rule.LiteralRule literal) {
            return new ModelRule(ModelRule.ModelRuleKind.LITERAL, literal.text());
        } else if (rule instanceof dev.exeunt.internal.map.Rule.SqlRule sql) {
            return new ModelRule(ModelRule.ModelRuleKind.SQL, sql.expression());
        } else if (rule instanceof dev.exeunt.internal.map.Rule.TemplateRule template) {
            return new ModelRule(
                    ModelRule.ModelRuleKind.TEMPLATE,
                    template.parts().stream().map(MapModelReader::part).collect(Collectors.joining()));
        }
        return ModelRule.NULL;
    }

    private static String part(TemplatePart part) {
        return part instanceof TemplatePart.FixedText text
                ? text.text().replace("{", "{{").replace("}", "}}")
                : "{" + ((TemplatePart.PlaceholderValue) part).placeholder().word() + "}";
    }

    private static List<String> words(List<LocatedText> words) {
        return words.stream().map(LocatedText::text).toList();
    }
}

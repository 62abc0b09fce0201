package dev.exeunt.internal.map.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.exeunt.internal.map.read.LifecycleFaultsTest;
import dev.exeunt.internal.map.read.MapFaultsTest;
import dev.exeunt.internal.map.read.MapFuzzTest;
import dev.exeunt.internal.map.read.MapLifecycleTest;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.map.read.MapReaderTest;
import dev.exeunt.internal.map.read.ReasonReader;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.MapSourceReader;
import dev.exeunt.internal.map.yaml.YamlDocumentReader;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.Finding;
import dev.exeunt.map.MapInvalidException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tests that the JSON Schema and the reader accept and refuse the same maps. */
class MapJsonSchemaTest {

    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(MapJsonSchema.json());

    /** What only the reader sees: a schema cannot compare one place with another. */
    private static final List<String> ABOUT_OTHER_PLACES = List.of(
            "is here twice; the first is in line",
            "is both anonymized and retained",
            "is both left out and masked",
            "is both of the application and exempt",
            "is both a caller and the gateway",
            "is another table's, too",
            "does not say how its rows belong to a person",
            "is the subject's own table",
            "self is the name of the subject's own row",
            "which the map does not offer",
            "which leaves rows of the account alone",
            "New rows can only be refused");

    /** Numbers that JSON does not have, or writes in other ways. */
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

    @Test
    void theOneInTheDocumentationIsThisOne() throws IOException {
        assertThat(Files.readString(Path.of("../docs/exeunt.schema.json"))).isEqualTo(MapJsonSchema.json());
    }

    @Test
    void everyWordIsDescribed() {
        assertThat(MapJsonSchema.json()).contains("\"description\"");
        List<String> silent = new ArrayList<>();
        undescribed(tools.jackson.databind.json.JsonMapper.shared().readTree(MapJsonSchema.json()), silent);
        silent.removeAll(ReasonReader.acceptable());
        silent.removeAll(dev.exeunt.map.AccountFlow.words());
        assertThat(silent).isEmpty();
    }

    private static void undescribed(JsonNode schema, List<String> silent) {
        JsonNode properties = schema.get("properties");
        if (properties != null && schema.has("additionalProperties")) {
            properties.properties().stream()
                    .filter(p -> !p.getValue().has("description"))
                    .forEach(p -> silent.add(p.getKey()));
        }
        schema.forEach(child -> undescribed(child, silent));
    }

    @Test
    void goodMapsAreGoodForBoth() throws IOException {
        List<String> maps = new ArrayList<>(List.of(MapReaderTest.SAMPLE, MapLifecycleTest.LIVES));
        for (String page : List.of("README.md", "docs/reference/map.md")) {
            Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(Path.of("..", page)))
                    .results()
                    .forEach(r -> maps.add(r.group(1)));
        }
        try (Stream<Path> samples = Files.walk(Path.of("../samples"), 2)) {
            for (Path map : samples.filter(p -> p.endsWith("exeunt.yaml")).toList()) {
                maps.add(Files.readString(map));
            }
        }
        assertThat(maps).hasSizeGreaterThan(4).allSatisfy(map -> {
            assertThat(MapReader.read(map, "m").tables()).isNotEmpty();
            assertThat(agrees(map)).isTrue();
        });
    }

    @Test
    void blanksInsideBracesAreJudgedAlike() {
        String blanks = MapReaderTest.SAMPLE.replace("{key}", "{ key }").replace("{timestamp}", "{ timestamp }");
        assertThat(blanks).contains("{ key }");
        assertThat(MapReader.read(blanks, "m").tables()).isNotEmpty();
        assertThat(agrees(blanks)).isTrue();
        String message = MapLifecycleTest.LIVES.replace("{due}", "{ }");
        assertThat(message).contains("{ }");
        assertThatThrownBy(() -> MapReader.read(message, "m")).isInstanceOf(MapInvalidException.class);
        assertThat(agrees(message)).isTrue();
    }

    @Test
    void everySingleFaultIsOneForBoth() {
        List<Stream<Arguments>> all = List.of(
                MapFaultsTest.documents(),
                MapFaultsTest.tops(),
                MapFaultsTest.settings(),
                MapFaultsTest.notices(),
                MapFaultsTest.tables(),
                MapFaultsTest.links(),
                MapFaultsTest.fates(),
                MapFaultsTest.rules(),
                MapFaultsTest.exports(),
                MapFaultsTest.reasons(),
                LifecycleFaultsTest.flows(),
                LifecycleFaultsTest.hides(),
                LifecycleFaultsTest.guards());
        long compared = all.stream()
                .flatMap(s -> s)
                .filter(a -> agrees((String) a.get()[0]))
                .count();
        assertThat(compared).as("faults that are not of YAML itself").isGreaterThan(170);
    }

    @Test
    void damagedMapsAreJudgedAlike() {
        Random random = new Random(7);
        int compared = 0;
        for (int i = 0; i < 3_000; i++) {
            String yaml = i % 2 == 0 ? MapReaderTest.SAMPLE : MapLifecycleTest.LIVES;
            for (int hits = 1 + random.nextInt(2); hits > 0; hits--) {
                yaml = random.nextInt(4) == 0 ? MapFuzzTest.damagedLines(yaml, random) : swappedWords(yaml, random);
            }
            compared += agrees(yaml) ? 1 : 0;
        }
        assertThat(compared).as("maps that are YAML").isGreaterThan(1_000);
    }

    /** Puts a piece of the map where another stood: words in wrong places, values of wrong kinds. */
    private static String swappedWords(String yaml, Random random) {
        String[] pieces = yaml.split("(?<=[ ,:{}\\[\\]\n])|(?=[ ,:{}\\[\\]\n])");
        int at = random.nextInt(pieces.length);
        int from = random.nextInt(pieces.length);
        boolean blank = pieces[at].isBlank() || pieces[from].isBlank();
        pieces[at] = blank ? pieces[at] : random.nextInt(5) == 0 ? "" : pieces[from];
        return String.join("", pieces);
    }

    /** Fails where the two disagree; false where the text is no YAML, or only the reader could judge it. */
    private static boolean agrees(String text) {
        FaultCollector faults = new FaultCollector("m");
        String source = new MapSourceReader(faults).of(text);
        YamlNode yaml = source == null ? null : YamlDocumentReader.read(source, faults);
        if (yaml == null || faults.any()) {
            return false;
        }
        JsonNode json = json(yaml);
        if (json == null) {
            return false;
        }
        List<String> seen = new ArrayList<>();
        try {
            MapReader.read(text, "m");
        } catch (MapInvalidException e) {
            e.findings().stream().map(Finding::message).forEach(seen::add);
        }
        if (!seen.isEmpty() && seen.stream().allMatch(MapJsonSchemaTest::isAboutOtherPlaces)) {
            return false;
        }
        List<String> refused =
                SCHEMA.validate(json).stream().map(Object::toString).toList();
        assertThat(refused.isEmpty())
                .as("%s%nthe reader says %s%nthe schema says %s", text, seen, refused)
                .isEqualTo(seen.isEmpty());
        return true;
    }

    /** A link that says nothing can be seen where it stands; a table that does may be the subject's own. */
    private static boolean isAboutOtherPlaces(String message) {
        return !message.startsWith("The link ") && ABOUT_OTHER_PLACES.stream().anyMatch(message::contains);
    }

    /** As an editor sees it; null where a number has no JSON. */
    private static JsonNode json(YamlNode yaml) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (yaml instanceof YamlNode.YamlMapping mapping) {
            ObjectNode object = nodes.objectNode();
            for (YamlNode.YamlEntry entry : mapping.entries()) {
                JsonNode value = json(entry.value());
                if (value == null) {
                    return null;
                }
                object.set(entry.key().text(), value);
            }
            return object;
        } else if (yaml instanceof YamlNode.YamlSequence sequence) {
            ArrayNode array = nodes.arrayNode();
            for (YamlNode item : sequence.items()) {
                JsonNode value = json(item);
                if (value == null) {
                    return null;
                }
                array.add(value);
            }
            return array;
        }
        YamlNode.YamlScalar scalar = (YamlNode.YamlScalar) yaml;
        return switch (scalar.kind()) {
            case TEXT -> nodes.stringNode(scalar.text());
            case NULL -> nodes.nullNode();
            case BOOLEAN -> nodes.booleanNode(scalar.text().equalsIgnoreCase("true"));
            case NUMBER ->
                DECIMAL.matcher(scalar.text()).matches() ? nodes.numberNode(new BigDecimal(scalar.text())) : null;
        };
    }
}

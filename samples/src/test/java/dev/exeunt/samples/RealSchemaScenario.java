package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.Residue;
import dev.exeunt.internal.map.RowOutcome;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.map.Finding;
import dev.exeunt.map.MapDraft;
import dev.exeunt.samples.RowReachability.RowWithRoles;
import dev.exeunt.testkit.TestSchemaReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Runs draft, check, export, erasure and verification on one filled real schema. */
final class RealSchemaScenario {

    private final FilledSchema filled;
    private final Exeunt exeunt;
    private final SubjectMarks marks;
    private final MapDraft draft;
    private final CheckResult drafted;
    private final DataMap map;
    private final CheckResult answered;
    private final Plan plan;
    private final DatabaseSchema schema;
    private final RowReachability reached;
    private final Set<JsonNode> held;
    private final double initSeconds;
    private final double checkSeconds;
    private Receipt receipt;
    private JsonNode scan;
    private RemainingRows remaining;

    /** Drafts, answers and checks the map. */
    RealSchemaScenario(RealSchema real, FilledSchema filled) {
        this.filled = filled;
        this.exeunt = filled.exeunt();
        this.marks = SubjectMarks.of(filled.manifest());
        long begun = System.nanoTime();
        this.draft = exeunt.draft(real.subject().replace("\"", ""));
        this.initSeconds = since(begun);
        DataMap first = Exeunt.readMap(draft.yaml(), "exeunt.yaml");
        begun = System.nanoTime();
        this.drafted = exeunt.check(first);
        this.checkSeconds = since(begun);
        this.map = AnsweredDraft.of(draft, drafted, real.answers());
        this.answered = exeunt.check(map);
        this.plan = (Plan) exeunt.plan(map);
        this.schema = TestSchemaReader.schema(filled.database());
        this.reached = RowReachability.of(filled.database(), schema, plan, filled.key());
        this.held = reached.heldAlone(schema);
    }

    CheckResult drafted() {
        return drafted;
    }

    CheckResult answered() {
        return answered;
    }

    /** What sampled rows add to the findings about the answered map. */
    List<Finding> sampled() {
        CheckResult checked = exeunt.check(map, DataSampling.DEFAULT);
        assertThat(checked.notes()).isEmpty();
        List<Finding> added = new ArrayList<>(checked.findings());
        added.removeAll(answered.findings());
        return added;
    }

    /**
     * Rows that are linked to bystanders only; not those that a row of the person's holds alone, whatever their marks, nor those that
     * the map neither exports nor changes.
     */
    List<String> bystandersReached() {
        Set<JsonNode> theirs =
                filled.rows("BR").stream().map(r -> r.path("row")).collect(Collectors.toSet());
        return reached.rows().entrySet().stream()
                .flatMap(e -> e.getValue().stream()
                        .filter(r ->
                                !r.roles.stream().allMatch(RealSchemaScenario::untouched) && theirs.contains(r.cells))
                        .filter(r -> !held.contains(r.cells))
                        .map(r -> e.getKey() + " " + r.cells))
                .toList();
    }

    private boolean kept(JsonNode row) {
        return reached.rows().values().stream()
                .flatMap(List::stream)
                .filter(r -> r.cells.equals(row))
                .anyMatch(r -> r.roles.stream().noneMatch(role -> role.outcome() == RowOutcome.DELETE));
    }

    private static boolean untouched(PlannedRole role) {
        return role.outcome() == RowOutcome.KEEP
                && role.assignments().isEmpty()
                && role.export().none();
    }

    /** Rows marked as bystanders', to which rows of the person's refer, and nobody else's; how many are deleted, by table. */
    private Map<String, Integer> heldAndDeleted() {
        Map<String, Integer> counts = new TreeMap<>();
        filled.rows("BR").stream()
                .filter(r -> held.contains(r.path("row")) && !kept(r.path("row")))
                .forEach(r -> counts.merge(r.path("table").asString(), 1, Integer::sum));
        return counts;
    }

    void exportsExactlyWhatTheMapAllows() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exeunt.export(map, filled.key(), out, BundleFormat.JSON);
        JsonNode document = FilledSchema.JSON.readTree(out.toString(StandardCharsets.UTF_8));
        Set<String> subjects = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        reached.rows()
                .values()
                .forEach(rows -> rows.forEach(row -> row.cells
                        .propertyStream()
                        .filter(cell -> row.roles.stream().anyMatch(r -> exports(r, cell.getKey())))
                        .forEach(cell -> {
                            subjects.addAll(marks.canaries(cell.getValue()));
                            others.addAll(SubjectMarks.keeps(cell.getValue()));
                        })));
        assertThat(marks.canaries(document)).isNotEmpty().isEqualTo(subjects);
        assertThat(SubjectMarks.keeps(document)).isEqualTo(others);
    }

    private static boolean exports(PlannedRole role, String column) {
        return !role.export().none()
                && role.export().except().stream().noneMatch(w -> w.text().equals(column));
    }

    void previewsEveryRow() {
        ErasurePreview preview = exeunt.preview(map, List.of(filled.key()));
        for (PlannedRole role : plan.roles()) {
            assertThat(preview.roles().stream()
                            .filter(shown -> (shown.table() + "." + shown.role())
                                    .equals(role.id().toString()))
                            .mapToLong(ErasurePreview.RolePreview::rows)
                            .sum())
                    .as("rows of " + role.id())
                    .isEqualTo(rowsOf(role).size());
        }
    }

    private List<RowWithRoles> rowsOf(PlannedRole role) {
        return reached.rows().get(role.table().name()).stream()
                .filter(r -> r.roles.contains(role))
                .toList();
    }

    void erases() {
        receipt = exeunt.erase(map, List.of(filled.key()), r -> {});
        remaining = RemainingRows.of(filled.database(), schema, reached, filled.key());
        scan = filled.scan();
    }

    /** Rows that are missing, new or other than the map says. */
    List<String> differencesFromTheMap() {
        return remaining.differences();
    }

    /** Marked columns of rows that remain, which the map does not name as remaining. */
    Set<String> leftWithoutBeingMeant() {
        Set<String> left = new TreeSet<>();
        remaining.forEachMarked(marks, (table, row, column) -> {
            if (!ExpectedRemains.meant(row, plan, table, column)) {
                left.add(table.name() + "." + column + " "
                        + row.roles.stream().map(PlannedRole::id).toList());
            }
        });
        return left;
    }

    void scanFindsOnlyWhatIsMeant() {
        Map<String, Map<String, Integer>> found = new TreeMap<>();
        scan.path("residual")
                .propertyStream()
                .forEach(t -> t.getValue()
                        .path("columns")
                        .propertyStream()
                        .forEach(c -> found.computeIfAbsent(t.getKey(), k -> new TreeMap<>())
                                .put(c.getKey(), c.getValue().asInt())));
        assertThat(found).isEqualTo(remaining.marked(marks));
        assertThat(scan.path("orphans").isEmpty())
                .as(scan.path("orphans").toString())
                .isTrue();
        Map<String, Integer> damaged = new TreeMap<>();
        scan.path("bystander_damage")
                .propertyStream()
                .forEach(t -> damaged.put(
                        t.getKey(),
                        t.getValue().path("gone").asInt()
                                + t.getValue().path("changed").asInt()));
        assertThat(damaged).isEqualTo(heldAndDeleted());
    }

    void verifyAgreesWithTheScan() {
        Set<String> sought = new TreeSet<>(marks.canaries(filled.manifest().at("/subject/row")));
        reached.rows()
                .values()
                .forEach(rows -> rows.forEach(r -> sought.addAll(SubjectMarks.spoken(marks.canaries(r.cells)))));
        Residue residue = exeunt.verify(map, List.of(filled.key()), List.copyOf(sought));
        assertThat(residue.unreadable()).isEmpty();
        Set<String> keys = keyColumns();
        assertThat(residue.places())
                .filteredOn(p -> p.kept() == null && !keys.contains(p.table() + "." + p.column()))
                .isEmpty();
        Set<String> verified = columns(residue.places().stream());
        Set<String> values =
                columns(residue.places().stream().filter(p -> !p.what().equals("link")));
        Set<String> scanned = new TreeSet<>();
        remaining.forEachMarked(marks, (table, row, column) -> scanned.add(table.name() + "." + column));
        assertThat(scanned).containsAll(values);
        scanned.removeAll(verified);
        assertThat(scanned).as("found by the scan only").allMatch(this::mayBeAnotherNumber);
    }

    private static Set<String> columns(Stream<Residue.ResiduePlace> places) {
        return places.map(p -> p.table() + "." + p.column()).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * A link that a {@code where} narrows, beyond which the same number means something else; or an expression of the map's
     * own that makes another number of the key.
     */
    private boolean mayBeAnotherNumber(String column) {
        return plan.roles().stream()
                .anyMatch(r -> r.where() != null
                                && column.equals(
                                        r.table().name() + "." + r.on().get(0).name())
                        || r.assignments().stream()
                                .filter(a -> a.rule() instanceof Rule.SqlRule)
                                .anyMatch(a -> column.equals(
                                        r.table().name() + "." + a.column().name())));
    }

    /** The filler marks the texts of keys, too; no map can overwrite those. */
    private Set<String> keyColumns() {
        Set<String> keys = new TreeSet<>();
        for (Table table : schema.tables()) {
            table.primaryKey().forEach(c -> keys.add(table.name() + "." + c));
            table.foreignKeys().forEach(f -> f.columns().forEach(c -> keys.add(table.name() + "." + c)));
        }
        return keys;
    }

    String line() {
        MapDraft.DraftSummary summary = draft.summary();
        long deleted = receipt.tables().stream()
                .mapToLong(Receipt.TableReceipt::deleted)
                .sum();
        long changed = receipt.tables().stream()
                .mapToLong(Receipt.TableReceipt::changed)
                .sum();
        long left = scan.path("residual").propertyStream().count();
        return String.format(
                Locale.ROOT,
                "%d tables, %d on a path, %d mapped, %d inferred, %d undecided, %d errors, init %.2f s, check %.2f s,"
                        + " %d rows deleted (%d that nothing else refers to), %d changed; scan: 0 orphans, 0 bystanders damaged,"
                        + " kept on purpose in %d tables",
                summary.tables(),
                summary.onPath(),
                summary.mapped(),
                summary.inferredLinks(),
                summary.undecided(),
                answered.errors().size(),
                initSeconds,
                checkSeconds,
                deleted,
                held.size(),
                changed,
                left);
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}

package dev.exeunt.promise;

import dev.exeunt.Exeunt;
import dev.exeunt.ProgressListener;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.promise.answer.MapHillClimb;
import dev.exeunt.promise.answer.MapModel;
import dev.exeunt.promise.answer.MapModelReader;
import dev.exeunt.promise.answer.ModelLink;
import dev.exeunt.promise.answer.ModelYaml;
import dev.exeunt.promise.made.RandomColumnType;
import dev.exeunt.promise.made.RandomSchema;
import dev.exeunt.promise.made.TestedFeature;
import dev.exeunt.testkit.MapCheckSeries;
import dev.exeunt.testkit.SeededRandom;
import dev.exeunt.testkit.TestDatabase;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tries the promise on one random schema: drafts and varies a map until it passes, then erases by it. */
final class PromiseTrial {

    private static final int REFUSALS = 3;

    private final SeededRandom dice;
    private final PromiseStatistics tally;
    private TrialDatabase stage;
    private MapCheckSeries checks;
    private boolean allGranted = true;
    private String map = "none yet";
    private String people = "nobody yet";

    private PromiseTrial(SeededRandom dice, TrialDatabase stage, PromiseStatistics tally) {
        this.dice = dice;
        this.stage = stage;
        this.tally = tally;
    }

    static void run(long seed, int serverVersion, PromiseStatistics tally) {
        SeededRandom dice = new SeededRandom(seed);
        RandomSchema schema = RandomSchema.of(dice, serverVersion);
        try (TestDatabase database = TestDatabase.createFrom(RandomSchema.TEMPLATE);
                TrialDatabase stage = TrialDatabase.of(database, schema)) {
            PromiseTrial trial = new PromiseTrial(dice, stage, tally);
            try {
                trial.run();
            } catch (SQLException | RuntimeException | AssertionError e) {
                tally.failed(seed, e, trial.told());
            } catch (StackOverflowError e) {
                tally.failed(seed, e, trial.told());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("seed " + seed, e);
        }
    }

    private String told() {
        return "map:\n" + map + "\npeople: " + people + "\nschema:\n" + RandomSchema.TEMPLATE
                + stage.schema().sql();
    }

    private void run() throws SQLException {
        RandomSchema schema = stage.schema();
        try (Statement statement = stage.connection().createStatement()) {
            statement.execute("SET TimeZone = 'UTC'; " + schema.sql());
        }
        stage.connection().setAutoCommit(false);
        RowSnapshot before = stage.now();
        Exeunt exeunt = stage.exeunt(ProgressListener.NONE);
        map = exeunt.draft(schema.people().toString()).yaml();
        checks = MapCheckSeries.on(stage.database());
        MapHillClimb climb = MapHillClimb.from(MapModelReader.of(schema, read(map)), dice, checks::check);
        refusals(climb, before);
        Optional<MapModel> passed = climb.passed();
        if (passed.isPresent()) {
            map = new ModelYaml(passed.get()).yaml();
            passes(passed.get(), before);
        }
    }

    private static MapDefinition read(String yaml) {
        return MapReader.read(yaml, "exeunt.yaml");
    }

    private void refusals(MapHillClimb climb, RowSnapshot before) throws SQLException {
        for (MapHillClimb.RefusedMap refused : dice.some(climb.refused(), REFUSALS)) {
            if (PromiseStatistics.aboutTheDatabase(refused.errors().get(0).code())) {
                tryByForce(refused.errors().get(0), refused.answers(), before);
            }
        }
    }

    private void tryByForce(Finding finding, MapModel answers, RowSnapshot before) throws SQLException {
        tally.refused(finding, new BruteForceErasure(stage.connection(), stage.role(), answers, before).reason());
        stage.connection().rollback();
    }

    private void passes(MapModel answers, RowSnapshot before) throws SQLException {
        Set<TestedFeature> features = answers.features();
        MapDefinition dataMap = read(map);
        if (dice.chance(15)) {
            toARole(dataMap);
            features.add(TestedFeature.LIMITED_ROLE);
        } else if (dice.chance(30)) {
            stage = stage.recording();
            features.add(TestedFeature.ON_RECORD);
        }
        Exeunt exeunt = stage.exeunt(ProgressListener.NONE);
        CheckResult checked = exeunt.check(dataMap);
        if (!checked.holds()) {
            refusedToTheRole(checked.errors(), answers, before, features);
            return;
        }
        if (dice.chance(features.contains(TestedFeature.LINK_BY_VALUE) ? 80 : 15)) {
            refusedVariants(answers, features);
        }
        List<List<String>> leaving = leaving();
        List<String> keys =
                leaving.stream().map(k -> typed(answers, before, k, features)).toList();
        people = keys.toString();
        if (leaving.size() > 1) {
            features.add(TestedFeature.SEVERAL_PEOPLE);
        }
        LinkTraversal followed = new LinkTraversal(answers, before, leaving);
        ErasureRun departure = new ErasureRun(
                stage, dataMap, new ErasureRun.ProvenMap(checked, exeunt.plan(dataMap)), followed, features, tally);
        departure.export(answers, leaving.get(0), keys.get(0));
        departure.erase(keys, dice);
    }

    /** The same map is refused where it does not say whose shared rows are, and where a condition reads a table. */
    private void refusedVariants(MapModel answers, Set<TestedFeature> features) {
        boolean proven = stage.schema().people().features().contains(TestedFeature.PROVEN_VALUE);
        if (answers.roles().stream().anyMatch(r -> r.link() instanceof ModelLink.ModelIdentifierLink)
                && isRefused(answers.withoutSharedWords(), FindingCode.AMBIGUOUS_VALUE, !proven)) {
            features.add(TestedFeature.AMBIGUOUS_VALUE_REFUSED);
        }
        if (TestDatabase.hostile()) {
            return;
        }
        boolean linked = answers.roles().stream().anyMatch(r -> !r.self());
        if (isRefused(answers.withStableConditions(), FindingCode.BAD_SQL, linked)) {
            features.add(TestedFeature.WHERE_STABLE_REFUSED);
        }
    }

    private boolean isRefused(MapModel variant, FindingCode code, boolean wanted) {
        String yaml = new ModelYaml(variant).yaml();
        boolean refused = checks.check(read(yaml)).errors().stream().anyMatch(e -> e.code() == code);
        if (refused != wanted) {
            throw new AssertionError((refused ? "refused with " : "passed without ") + code + ":\n" + yaml);
        }
        return refused;
    }

    /** One that has what {@code grants} says, or at times one right less. */
    private void toARole(MapDefinition dataMap) {
        TestDatabase database = stage.database();
        String role = database.createRole("leaver_" + database.databaseName());
        List<String> grants =
                new ArrayList<>(stage.exeunt(ProgressListener.NONE).grants(dataMap, role));
        if (dice.chance(30)) {
            grants.remove(dice.below(grants.size()));
            allGranted = false;
        }
        database.execute(String.join("\n", grants));
        stage = stage.as(role);
    }

    /** What passes for the superuser may be refused to a role only for what it may not see or do. */
    private void refusedToTheRole(
            List<Finding> errors, MapModel answers, RowSnapshot before, Set<TestedFeature> features)
            throws SQLException {
        boolean expected = errors.stream()
                .allMatch(e -> e.code() == FindingCode.CANNOT_SEE && features.contains(TestedFeature.ROW_SECURITY)
                        || e.code() == FindingCode.NO_RIGHTS && !allGranted);
        if (!expected) {
            throw new AssertionError("granted, and refused: " + errors);
        }
        tryByForce(errors.get(0), answers, before);
    }

    /** Any of them but the ghost. */
    private List<List<String>> leaving() {
        List<List<String>> all = stage.schema().keys();
        return dice.some(all.subList(0, all.size() - 1), 1 + dice.below(all.size() - 1));
    }

    /** As somebody types it: the key, or at times what the person is known by. */
    private String typed(MapModel answers, RowSnapshot before, List<String> key, Set<TestedFeature> features) {
        Optional<String> email = before.rows().get(stage.schema().people()).values().stream()
                .filter(r -> isOf(r, key))
                .map(r -> r.cells().get("email"))
                .filter(e -> e != null && !e.isBlank())
                .filter(e -> isOnePersons(before, e))
                .findFirst();
        if (answers.identifiers().contains("email") && email.isPresent() && dice.chance(20)) {
            features.add(TestedFeature.BY_IDENTIFIER);
            return "email:" + (dice.chance(50) ? email.get() : email.get().toUpperCase(Locale.ROOT));
        }
        return String.join(",", key);
    }

    private boolean isOnePersons(RowSnapshot before, String email) {
        return before.rows().get(stage.schema().people()).values().stream()
                        .filter(r -> email.equalsIgnoreCase(r.cells().get("email")))
                        .count()
                == 1;
    }

    private boolean isOf(RowSnapshot.SnapshotRow row, List<String> key) {
        List<String> columns = stage.schema().people().key();
        for (int i = 0; i < columns.size(); i++) {
            RandomColumnType type =
                    stage.schema().people().column(columns.get(i)).type();
            if (!type.plain(row.cells().get(columns.get(i))).equals(type.plain(key.get(i)))) {
                return false;
            }
        }
        return true;
    }
}

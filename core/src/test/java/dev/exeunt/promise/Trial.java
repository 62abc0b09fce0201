package dev.exeunt.promise;

import dev.exeunt.Exeunt;
import dev.exeunt.Progress;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.yaml.MapReader;
import dev.exeunt.plan.proof.Checked;
import dev.exeunt.promise.answer.Answers;
import dev.exeunt.promise.answer.Climb;
import dev.exeunt.promise.answer.DraftReading;
import dev.exeunt.promise.answer.MapText;
import dev.exeunt.promise.made.Feature;
import dev.exeunt.promise.made.MadeSchema;
import dev.exeunt.promise.made.Type;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.testkit.Dice;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One schema: a map is drafted for it and changed until it passes; what was refused is tried by force, what passed is used. */
final class Trial {

    private static final int REFUSALS = 3;

    private final Dice dice;
    private final Tally tally;
    private Stage stage;
    private boolean allGranted = true;
    private String map = "none yet";
    private String people = "nobody yet";

    private Trial(Dice dice, Stage stage, Tally tally) {
        this.dice = dice;
        this.stage = stage;
        this.tally = tally;
    }

    static void run(long seed, int serverVersion, Tally tally) {
        Dice dice = new Dice(seed);
        MadeSchema schema = MadeSchema.of(dice, serverVersion);
        try (TestDatabase database = TestDatabase.createFrom(MadeSchema.TEMPLATE);
                Connection connection = database.connection()) {
            Trial trial = new Trial(dice, new Stage(database, connection, schema, database.user()), tally);
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
        return "map:\n" + map + "\npeople: " + people + "\nschema:\n" + MadeSchema.TEMPLATE
                + stage.schema().sql();
    }

    private void run() throws SQLException {
        MadeSchema schema = stage.schema();
        try (Statement statement = stage.connection().createStatement()) {
            statement.execute("SET TimeZone = 'UTC'; " + schema.sql());
        }
        stage.connection().setAutoCommit(false);
        Snapshot before = stage.now();
        Exeunt exeunt = stage.exeunt(Progress.NONE);
        map = exeunt.draft(schema.people().toString()).yaml();
        DatabaseSchema live = exeunt.schema();
        Climb climb = Climb.from(DraftReading.of(schema, read(map)), dice, m -> World.check(stage.database(), m, live));
        refusals(climb, before);
        Optional<Answers> passed = climb.passed();
        if (passed.isPresent()) {
            map = new MapText(passed.get()).yaml();
            passes(passed.get(), before);
        }
    }

    private static DataMap read(String yaml) {
        return MapReader.read(yaml, "exeunt.yaml");
    }

    private void refusals(Climb climb, Snapshot before) throws SQLException {
        for (Climb.Refused refused : dice.some(climb.refused(), REFUSALS)) {
            if (Tally.aboutTheDatabase(refused.errors().get(0).code())) {
                tryByForce(refused.errors().get(0), refused.answers(), before);
            }
        }
    }

    private void tryByForce(Finding finding, Answers answers, Snapshot before) throws SQLException {
        tally.refused(finding, new BruteForce(stage.connection(), stage.role(), answers, before).reason());
        stage.connection().rollback();
    }

    private void passes(Answers answers, Snapshot before) throws SQLException {
        Set<Feature> features = answers.features();
        DataMap dataMap = read(map);
        if (dice.chance(15)) {
            toARole(dataMap);
            features.add(Feature.LIMITED_ROLE);
        }
        Checked checked = stage.exeunt(Progress.NONE).check(dataMap);
        if (checked.planIfSound().isEmpty()) {
            refusedToTheRole(checked.errors(), answers, before, features);
            return;
        }
        List<List<String>> leaving = leaving();
        List<String> keys =
                leaving.stream().map(k -> typed(answers, before, k, features)).toList();
        people = keys.toString();
        if (leaving.size() > 1) {
            features.add(Feature.SEVERAL_PEOPLE);
        }
        Followed followed = new Followed(answers, before, leaving);
        Departure departure = new Departure(stage, dataMap, checked, followed, features, tally);
        departure.export(answers, leaving.get(0), keys.get(0));
        departure.erase(leaving, keys, dice);
    }

    /** One that has what {@code grants} says, or at times one right less. */
    private void toARole(DataMap dataMap) {
        TestDatabase database = stage.database();
        String role = database.createRole("leaver_" + database.databaseName());
        List<String> grants = new ArrayList<>(stage.exeunt(Progress.NONE).grants(dataMap, role));
        if (dice.chance(30)) {
            grants.remove(dice.below(grants.size()));
            allGranted = false;
        }
        database.execute(String.join("\n", grants));
        stage = stage.as(role);
    }

    /** What passes for the superuser may be refused to a role only for what it may not see or do. */
    private void refusedToTheRole(List<Finding> errors, Answers answers, Snapshot before, Set<Feature> features)
            throws SQLException {
        boolean expected = errors.stream()
                .allMatch(e -> e.code() == FindingCode.CANNOT_SEE && features.contains(Feature.ROW_SECURITY)
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
    private String typed(Answers answers, Snapshot before, List<String> key, Set<Feature> features) {
        Optional<String> email = before.rows().get(stage.schema().people()).values().stream()
                .filter(r -> isOf(r, key))
                .map(r -> r.cells().get("email"))
                .filter(e -> e != null && !e.isBlank())
                .findFirst();
        if (answers.identifiers().contains("email") && email.isPresent() && dice.chance(20)) {
            features.add(Feature.BY_IDENTIFIER);
            return "email:" + (dice.chance(50) ? email.get() : email.get().toUpperCase(Locale.ROOT));
        }
        return String.join(",", key);
    }

    private boolean isOf(Snapshot.Row row, List<String> key) {
        List<String> columns = stage.schema().people().key();
        for (int i = 0; i < columns.size(); i++) {
            Type type = stage.schema().people().column(columns.get(i)).type();
            if (!type.plain(row.cells().get(columns.get(i))).equals(type.plain(key.get(i)))) {
                return false;
            }
        }
        return true;
    }
}

package dev.exeunt.promise;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.Progress;
import dev.exeunt.erase.Residue;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.yaml.MapReader;
import dev.exeunt.plan.proof.Checked;
import dev.exeunt.postgres.Database;
import dev.exeunt.postgres.DatabaseException;
import dev.exeunt.promise.answer.Answers;
import dev.exeunt.promise.answer.Climb;
import dev.exeunt.promise.answer.DraftReading;
import dev.exeunt.promise.answer.MapText;
import dev.exeunt.promise.made.Dice;
import dev.exeunt.promise.made.Feature;
import dev.exeunt.promise.made.MadeSchema;
import dev.exeunt.promise.made.MadeTable;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.World;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One schema, one map, some people: everything that the promise says of them. */
final class Trial {

    /** Violations that the catalogue cannot answer for, where a warning has said so: CHECK, exclusion. */
    private static final Set<String> UNPROVEN = Set.of("23514", "23P01");

    /** What a trigger that keeps rows leads to, where a warning has said that there is one. */
    private static final Set<String> BY_TRIGGER = Set.of("LinkLeftException", "RowsKeptBackException");

    private static final int REFUSALS = 3;

    private final Dice dice;
    private final MadeSchema schema;
    private final TestDatabase database;
    private final Connection connection;
    private final Tally tally;
    private String user;
    private boolean allGranted = true;
    private String map = "none yet";
    private String people = "";

    private Trial(Dice dice, MadeSchema schema, TestDatabase database, Connection connection, Tally tally) {
        this.dice = dice;
        this.schema = schema;
        this.database = database;
        this.connection = connection;
        this.tally = tally;
        this.user = database.user();
    }

    static void run(long seed, int serverVersion, Tally tally) {
        Dice dice = new Dice(seed);
        MadeSchema schema = MadeSchema.of(dice, serverVersion);
        try (TestDatabase database = TestDatabase.createFrom(MadeSchema.TEMPLATE);
                Connection connection = database.connection()) {
            Trial trial = new Trial(dice, schema, database, connection, tally);
            try {
                trial.run();
            } catch (SQLException | RuntimeException | AssertionError e) {
                tally.failed(seed, e, trial.told());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("seed " + seed, e);
        }
    }

    private String told() {
        return "map:\n" + map + "\npeople: " + people + "\nschema:\n" + MadeSchema.TEMPLATE + schema.sql();
    }

    private void run() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'; " + schema.sql());
        }
        connection.setAutoCommit(false);
        Snapshot before = Snapshot.of(connection, schema);
        connection.rollback();
        Exeunt exeunt = exeunt(Progress.NONE);
        DatabaseSchema live = exeunt.schema();
        String drafted = exeunt.draft(fullName(schema.people())).yaml();
        map = drafted;
        Climb climb = Climb.from(DraftReading.of(schema, read(drafted)), dice, live);
        refusals(climb, before);
        Optional<Answers> passed = climb.passed();
        if (passed.isPresent()) {
            map = new MapText(passed.get()).yaml();
            passes(passed.get(), before);
        }
    }

    private static String fullName(MadeTable table) {
        return table.schema() + "." + table.name();
    }

    private static DataMap read(String yaml) {
        return MapReader.read(yaml, "exeunt.yaml");
    }

    /** As the role of the moment, whose password is its name. */
    private Exeunt exeunt(Progress progress) {
        return Exeunt.builder(Database.at(database.jdbcUrl(), user, user))
                .progress(progress)
                .clock(Clock.fixed(World.NOW, ZoneOffset.UTC))
                .lockWait(Duration.ofSeconds(5))
                .build();
    }

    private void refusals(Climb climb, Snapshot before) throws SQLException {
        for (Climb.Refused refused : dice.some(climb.refused(), REFUSALS)) {
            FindingCode code = refused.errors().get(0).code();
            if (Tally.aboutTheDatabase(code)) {
                String reason = new BruteForce(connection, user, refused.answers(), before).reason();
                connection.rollback();
                tally.refused(refused.errors().get(0), reason);
            }
        }
    }

    private void passes(Answers answers, Snapshot before) throws SQLException {
        Set<Feature> features = answers.features();
        DataMap dataMap = read(map);
        Exeunt exeunt = exeunt(Progress.NONE);
        if (dice.chance(15)) {
            user = database.createRole("leaver_" + database.databaseName());
            List<String> grants = new ArrayList<>(exeunt.grants(dataMap, user));
            if (dice.chance(30)) {
                grants.remove(dice.below(grants.size()));
                allGranted = false;
            }
            database.execute(String.join("\n", grants));
            exeunt = exeunt(Progress.NONE);
            features.add(Feature.LIMITED_ROLE);
        }
        Checked checked = exeunt.check(dataMap);
        if (checked.planIfSound().isEmpty()) {
            refusedToTheRole(checked.errors(), answers, before, features);
            return;
        }
        List<List<String>> leaving = leaving();
        List<String> keys = leaving.stream().map(k -> key(answers, before, k, features)).toList();
        people = keys.toString();
        if (leaving.size() > 1) {
            features.add(Feature.SEVERAL_PEOPLE);
        }
        export(exeunt, dataMap, answers, before, leaving.get(0), keys.get(0));
        erase(exeunt, checked, answers, before, leaving, keys, features);
    }

    /** What passes for the superuser may be refused to a role only for what it may not see or do. */
    private void refusedToTheRole(List<Finding> errors, Answers answers, Snapshot before, Set<Feature> features)
            throws SQLException {
        boolean hidden = errors.stream()
                .allMatch(e -> e.code() == FindingCode.CANNOT_SEE && features.contains(Feature.ROW_SECURITY)
                        || e.code() == FindingCode.NO_RIGHTS && !allGranted);
        require(hidden, "granted, and refused: " + errors);
        tally.refused(errors.get(0), new BruteForce(connection, user, answers, before).reason());
        connection.rollback();
    }

    private List<List<String>> leaving() {
        List<List<String>> all = schema.keys();
        return dice.some(all.subList(0, all.size() - 1), 1 + dice.below(all.size() - 1));
    }

    /** As somebody types it: the key, or at times what the person is known by. */
    private String key(Answers answers, Snapshot before, List<String> key, Set<Feature> features) {
        if (answers.identifiers().contains("email") && dice.chance(20)) {
            Optional<String> email = before.rows().get(schema.people()).values().stream()
                    .filter(r -> plain(r, key))
                    .map(r -> r.cells().get("email"))
                    .filter(e -> e != null && !e.isBlank())
                    .findFirst();
            if (email.isPresent()) {
                features.add(Feature.BY_IDENTIFIER);
                return "email:" + (dice.chance(50) ? email.get() : email.get().toUpperCase(Locale.ROOT));
            }
        }
        return String.join(",", key);
    }

    private boolean plain(Snapshot.Row row, List<String> key) {
        List<String> columns = schema.people().key();
        for (int i = 0; i < columns.size(); i++) {
            var type = schema.people().column(columns.get(i)).type();
            if (!type.plain(row.cells().get(columns.get(i))).equals(type.plain(key.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private void export(
            Exeunt exeunt, DataMap dataMap, Answers answers, Snapshot before, List<String> person, String key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exeunt.export(dataMap, key, out, ExportSettings.Format.JSON);
        Followed followed = new Followed(answers, before, List.of(person));
        List<String> complaints = ExportOracle.complaints(followed, out.toByteArray());
        require(complaints.isEmpty(), String.join("\n", complaints));
    }

    private void erase(
            Exeunt exeunt,
            Checked checked,
            Answers answers,
            Snapshot before,
            List<List<String>> leaving,
            List<String> keys,
            Set<Feature> features)
            throws SQLException {
        Followed followed = new Followed(answers, before, leaving);
        Optional<Onlooker> other =
                dice.chance(12) ? Onlooker.of(database, schema, followed, dice) : Optional.empty();
        if (other.isPresent()) {
            features.add(Feature.CONCURRENT_INSERT);
            try (Onlooker onlooker = other.get()) {
                lookedOn(onlooker, checked, followed, keys, features);
            }
            return;
        }
        try {
            exeunt.erase(checked.orThrow(), keys, receipt -> {});
        } catch (ExeuntException e) {
            require(warned(checked, e, features), "erasing failed: " + e.getMessage());
            require(now().equals(before), "erasing failed, and something has changed: " + e.getMessage());
            tally.failedAsWarned(e);
            return;
        }
        List<String> complaints = new Oracle(followed).complaints(now(), Set.of());
        require(complaints.isEmpty(), "after erasing:\n" + String.join("\n", complaints));
        clean(exeunt, leaving);
        tally.kept(features);
    }

    /** While somebody else adds a row: it is erased with the rest, or waits, or fails; nothing refers to nothing. */
    private void lookedOn(
            Onlooker onlooker, Checked checked, Followed followed, List<String> keys, Set<Feature> features)
            throws SQLException {
        boolean erased = false;
        try {
            exeunt(onlooker).erase(checked.orThrow(), keys, receipt -> onlooker.atTheEnd());
            erased = true;
        } catch (ExeuntException e) {
            boolean seen = e.getClass().getSimpleName().equals("LinkLeftException");
            require(seen || warned(checked, e, features), "erasing failed: " + e.getMessage());
            tally.failedAsWarned(e);
        }
        Optional<String> refused = onlooker.ended();
        require(refused.isEmpty() || refused.get().startsWith("23"), "the other one failed: " + refused);
        Snapshot now = now();
        require(onlooker.complaint(now) == null, onlooker.complaint(now));
        if (!erased) {
            List<String> changed = followed.before().all().stream()
                    .filter(r -> !r.cells().equals(now.find(r) == null ? null : now.find(r).cells()))
                    .map(Object::toString)
                    .toList();
            require(changed.isEmpty(), "not erased, and yet changed: " + changed);
            return;
        }
        List<String> complaints = new Oracle(followed).complaints(now, Set.of("" + Onlooker.UID));
        require(complaints.isEmpty(), "after erasing beside somebody:\n" + String.join("\n", complaints));
        tally.kept(features);
    }

    /** No link is left; and where a key is said to be left, one stands that no link leads to. */
    private void clean(Exeunt exeunt, List<List<String>> leaving) throws SQLException {
        Residue residue =
                exeunt.verify(read(map), leaving.stream().map(k -> String.join(",", k)).toList(), List.of());
        Snapshot now = now();
        for (Residue.Place place : residue.places()) {
            boolean stands = schema.tables().stream()
                    .filter(t -> place.table().equals(shown(t)))
                    .flatMap(t -> now.under(t).stream())
                    .map(r -> r.cells().get(place.column()))
                    .anyMatch(cell -> cell != null && leaving.stream().anyMatch(k -> holds(cell, k.get(0))));
            require(place.kept() != null || place.what().equals("key") && stands, "left: " + place);
        }
    }

    private static String shown(MadeTable table) {
        return table.schema().equals("public") ? table.name() : table.toString();
    }

    private static boolean holds(String cell, String key) {
        return cell.toLowerCase(Locale.ROOT).contains(key.toLowerCase(Locale.ROOT));
    }

    private Snapshot now() throws SQLException {
        Snapshot now = Snapshot.of(connection, schema);
        connection.rollback();
        return now;
    }

    private static boolean warned(Checked checked, ExeuntException e, Set<Feature> features) {
        List<FindingCode> warnings =
                new ArrayList<>(checked.findings().stream().map(Finding::code).toList());
        if (BY_TRIGGER.contains(e.getClass().getSimpleName())) {
            return warnings.contains(FindingCode.SIDE_EFFECT);
        }
        // a row that a trigger writes a second time is checked against a key that it never satisfied
        boolean again = e instanceof DatabaseException d
                && d.sqlState().equals("23503")
                && features.containsAll(Set.of(Feature.TRIGGER_WRITES_ELSEWHERE, Feature.NOT_VALID))
                && warnings.contains(FindingCode.SIDE_EFFECT);
        return again
                || e instanceof DatabaseException d
                && UNPROVEN.contains(d.sqlState())
                && warnings.contains(FindingCode.UNPROVEN);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}

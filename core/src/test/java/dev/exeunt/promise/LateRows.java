package dev.exeunt.promise;

import dev.exeunt.promise.answer.ModelLink;
import dev.exeunt.promise.answer.ModelRole;
import dev.exeunt.promise.made.RandomTable;
import dev.exeunt.testkit.SeededRandom;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds rows that hold a person's key or value after the erasure, wherever no constraint refuses them. */
final class LateRows {

    private static final int FIRST_UID = 6000;
    private static final int MOST = 3;
    private static final String LATER = "2030-01-01 00:00:00+00";

    private final TrialDatabase stage;
    private final LinkTraversal followed;
    private final SeededRandom dice;
    private int next = FIRST_UID;

    LateRows(TrialDatabase stage, LinkTraversal followed, SeededRandom dice) {
        this.stage = stage;
        this.followed = followed;
        this.dice = dice;
    }

    /** Returns the uids of the rows that could be added. */
    Set<String> add() throws SQLException {
        Set<String> added = new HashSet<>();
        for (ModelRole role : dice.some(followed.answers().roles(), MOST)) {
            Map<String, String> link = link(role);
            if (!link.isEmpty() && insert(role.table(), link)) {
                added.add("" + (next - 1));
            }
        }
        return added;
    }

    /** Adds a person with the key of the first who left, and that row's uid; false where the row is still there. */
    boolean addPerson(Set<String> uids) throws SQLException {
        RandomTable people = followed.answers().schema().people();
        boolean there = stage.now().under(people).stream().anyMatch(followed::leaves);
        Map<String, String> cells = cells(people.key(), people.key());
        cells.put("email", "n" + next + "@new.test");
        if (there || !insert(people, cells)) {
            return false;
        }
        uids.add("" + (next - 1));
        return true;
    }

    private Map<String, String> link(ModelRole role) {
        RandomTable people = followed.answers().schema().people();
        if (role.link() instanceof ModelLink.ModelIdentifierLink matches) {
            return followed.before().under(people).stream()
                    .filter(followed::leaves)
                    .map(r -> r.cells().get(matches.identifier()))
                    .filter(e -> e != null && !e.isBlank())
                    .findFirst()
                    .map(e -> new HashMap<>(Map.of(matches.column(), e)))
                    .orElseGet(HashMap::new);
        }
        if (role.self() || !(role.link() instanceof ModelLink.ModelDirectLink direct)) {
            return Map.of();
        }
        List<String> key =
                LinkTraversal.referred(role.table(), direct.on(), people).orElse(people.key());
        return Set.copyOf(key).equals(Set.copyOf(people.key())) ? cells(direct.on(), key) : Map.of();
    }

    private Map<String, String> cells(List<String> columns, List<String> key) {
        List<String> names = followed.answers().schema().people().key();
        List<String> person = followed.people().get(0);
        Map<String, String> cells = new HashMap<>();
        columns.forEach(c -> cells.put(c, person.get(names.indexOf(key.get(columns.indexOf(c))))));
        return cells;
    }

    private boolean insert(RandomTable table, Map<String, String> given) throws SQLException {
        Map<String, String> cells = new HashMap<>(given);
        if (table.has(RandomTable.MADE)) {
            cells.put(RandomTable.MADE, LATER);
        }
        try (Statement statement = stage.connection().createStatement()) {
            statement.execute(followed.answers().schema().another(table, cells, next));
            stage.connection().commit();
            next++;
            return true;
        } catch (SQLException e) {
            stage.connection().rollback();
            return false;
        }
    }
}

package dev.exeunt.promise;

import dev.exeunt.ProgressListener;
import dev.exeunt.erase.Residue;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.promise.ResidueMoment.ResiduePhase;
import dev.exeunt.promise.made.RandomTable;
import dev.exeunt.promise.made.TestedFeature;
import dev.exeunt.testkit.SeededRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Runs {@code verify} before and after an erasure, and after rows have come late, and judges each answer. */
final class ResidueRun {

    private final TrialDatabase stage;
    private final MapDefinition map;
    private final LinkTraversal followed;
    private final Set<TestedFeature> features;
    private final List<String> values;

    ResidueRun(
            TrialDatabase stage,
            MapDefinition map,
            LinkTraversal followed,
            Set<TestedFeature> features,
            SeededRandom dice) {
        this.stage = stage;
        this.map = map;
        this.followed = followed;
        this.features = features;
        this.values = dice.chance(50) ? FormerAddresses.of(followed) : List.of();
    }

    Residue judge(ResiduePhase phase, Set<String> late) throws SQLException {
        List<String> keys =
                followed.people().stream().map(k -> String.join(",", k)).toList();
        Residue residue = stage.exeunt(ProgressListener.NONE).verify(map, keys, values);
        ResidueMoment moment = new ResidueMoment(followed, stage.now(), phase, stage.isRecorded(), late);
        List<String> complaints =
                new ResidueOracle(moment, residue, values).complaints(features.contains(TestedFeature.LIMITED_ROLE));
        if (!complaints.isEmpty()) {
            throw new AssertionError("verify, " + phase + (stage.isRecorded() ? " on record" : "") + ", values "
                    + values + ":\n" + String.join("\n", complaints) + "\nof " + residue + "\nrows: "
                    + moment.now().all());
        }
        return residue;
    }

    /** A cache or an import writes rows of a person who was erased; then another person may take the key. */
    void afterwards(SeededRandom dice) throws SQLException {
        LateRows late = new LateRows(stage, followed, dice);
        Set<String> uids = late.add();
        if (!uids.isEmpty()) {
            features.add(TestedFeature.LATE_ROWS);
            judge(ResiduePhase.LATE_ROWS, uids);
        }
        if (followed.people().size() == 1 && late.addPerson(uids)) {
            features.add(TestedFeature.NEW_PERSON);
            judge(ResiduePhase.NEW_PERSON, uids);
        }
    }

    /** Finds addresses that only people who leave have had. */
    private static final class FormerAddresses {

        static List<String> of(LinkTraversal followed) {
            RandomTable people = followed.answers().schema().people();
            return followed.before().under(people).stream()
                    .filter(followed::leaves)
                    .map(r -> r.cells().get("email"))
                    .filter(e -> e != null && e.strip().length() >= 4)
                    .filter(e -> followed.before().under(people).stream()
                            .allMatch(r -> followed.leaves(r)
                                    || !e.equalsIgnoreCase(r.cells().get("email"))))
                    .toList();
        }
    }
}

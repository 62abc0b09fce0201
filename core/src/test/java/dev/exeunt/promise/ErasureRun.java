package dev.exeunt.promise;

import dev.exeunt.ExeuntException;
import dev.exeunt.ProgressListener;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.erase.ErasurePlan;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.Residue;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.promise.ResidueMoment.ResiduePhase;
import dev.exeunt.promise.answer.MapModel;
import dev.exeunt.promise.answer.ModelLink;
import dev.exeunt.promise.made.TestedFeature;
import dev.exeunt.testkit.SeededRandom;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Exports and erases people by an accepted map and compares each result with the oracle. */
final class ErasureRun {

    /** Holds the findings of a map and the plan that was proven from it. */
    record ProvenMap(CheckResult checked, ErasurePlan plan) {}

    /** Violations that the catalogue cannot answer for: CHECK, exclusion. */
    private static final Set<String> UNPROVEN = Set.of("23514", "23P01");

    /** What a trigger leads to that keeps rows, or writes where the role may not read. */
    private static final Set<String> BY_TRIGGER = Set.of(
            "RemainingLinkException",
            "RowsKeptBackException",
            "UnreadableSideEffectException",
            "PersonalDataWrittenException");

    /** A publication that does not fit the table's replica identity. */
    private static final Set<String> PUBLISHED = Set.of("42P10", "55000");

    private final TrialDatabase stage;
    private final MapDefinition map;
    private final CheckResult checked;
    private final ErasurePlan plan;
    private final LinkTraversal followed;
    private final Set<TestedFeature> features;
    private final PromiseStatistics tally;

    ErasureRun(
            TrialDatabase stage,
            MapDefinition map,
            ProvenMap proven,
            LinkTraversal followed,
            Set<TestedFeature> features,
            PromiseStatistics tally) {
        this.stage = stage;
        this.map = map;
        this.checked = proven.checked();
        this.plan = proven.plan();
        this.followed = followed;
        this.features = features;
        this.tally = tally;
    }

    void export(MapModel answers, List<String> person, String key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        stage.exeunt(ProgressListener.NONE).export(map, key, out, ExportSettings.BundleFormat.JSON);
        LinkTraversal alone = new LinkTraversal(answers, followed.before(), List.of(person));
        agree("the export", ExportOracle.complaints(alone, out.toByteArray()));
    }

    void erase(List<String> keys, SeededRandom dice) throws SQLException {
        Optional<ConcurrentInserter> other = dice.chance(12)
                ? ConcurrentInserter.of(stage.database(), stage.schema(), followed, dice)
                : Optional.empty();
        if (other.isPresent()) {
            features.add(TestedFeature.CONCURRENT_INSERT);
            try (ConcurrentInserter onlooker = other.get()) {
                eraseBeside(onlooker, keys);
            }
        } else {
            eraseAlone(keys, dice);
        }
    }

    private void eraseAlone(List<String> keys, SeededRandom dice) throws SQLException {
        ResidueRun looks = new ResidueRun(stage, map, followed, features, dice);
        Residue.ResidueVerdict unerased =
                looks.judge(ResiduePhase.BEFORE_ERASURE, Set.of()).verdict();
        ReceiptOracle counts = new ReceiptOracle(followed);
        if (dice.chance(40)) {
            agree(
                    "the preview",
                    counts.complaints(stage.exeunt(ProgressListener.NONE).preview(map, keys)));
        }
        Receipt receipt;
        try {
            receipt = stage.exeunt(ProgressListener.NONE).erase(plan, keys, written -> {});
        } catch (ExeuntException e) {
            require(warned(e) || nobodyStands(e), "erasing failed: " + e.getMessage());
            unchanged();
            tally.failedAsWarned(e);
            return;
        }
        require(!asks(), "rows of a shared value did not stop the erasure, although the map says to ask");
        agree("the receipt", counts.complaints(receipt));
        RowSnapshot now = stage.now();
        agree("after erasing", new ErasureOracle(followed).complaints(now, Set.of()));
        require(
                unerased != Residue.ResidueVerdict.NOTHING_LEFT || !changed(now),
                "verify said that nothing was left before the erasure, which changed rows");
        looks.judge(ResiduePhase.ERASED, Set.of());
        looks.afterwards(dice);
        tally.kept(features);
    }

    /** Somebody else adds a row meanwhile: it is erased with the rest, or waits, or fails; it never refers to nothing. */
    private void eraseBeside(ConcurrentInserter onlooker, List<String> keys) throws SQLException {
        boolean erased = false;
        try {
            stage.exeunt(onlooker).erase(plan, keys, receipt -> onlooker.atTheEnd());
            erased = true;
        } catch (ExeuntException e) {
            boolean seen = e.getClass().getSimpleName().equals("RemainingLinkException");
            require(seen || warned(e) || nobodyStands(e), "erasing failed: " + e.getMessage());
            tally.failedAsWarned(e);
        }
        Optional<String> refused = onlooker.ended();
        require(refused.isEmpty() || refused.get().startsWith("23"), "the other one failed: " + refused);
        RowSnapshot now = stage.now();
        require(onlooker.complaint(now) == null, onlooker.complaint(now));
        if (erased) {
            agree(
                    "after erasing beside somebody",
                    new ErasureOracle(followed).complaints(now, Set.of("" + ConcurrentInserter.UID)));
            tally.kept(features);
        } else {
            unchanged();
        }
    }

    /** But for a row that somebody else has added. */
    private void unchanged() throws SQLException {
        RowSnapshot now = stage.now();
        List<String> changed = followed.before().all().stream()
                .filter(r ->
                        now.find(r) == null || !r.cells().equals(now.find(r).cells()))
                .map(Objects::toString)
                .toList();
        agree("erasing failed, and something has changed", changed);
    }

    private boolean changed(RowSnapshot now) {
        return followed.before().all().stream()
                .anyMatch(r ->
                        now.find(r) == null || !r.cells().equals(now.find(r).cells()));
    }

    /** Whether the map says to ask whose rows they are that a person who stays may have as well. */
    private boolean asks() {
        return followed.answers().roles().stream()
                .filter(r -> r.link() instanceof ModelLink.ModelIdentifierLink m && "ask".equals(m.shared()))
                .anyMatch(r -> !followed.shared(r).isEmpty());
    }

    private boolean warned(ExeuntException e) {
        List<FindingCode> warnings =
                checked.findings().stream().map(Finding::code).toList();
        String name = e.getClass().getSimpleName();
        if (name.equals("SharedValueException")) {
            return asks();
        } else if (name.equals("NarrowedRowsLeftException")) {
            boolean copied = features.contains(TestedFeature.TRIGGER_COPIES_MAPPED)
                    && features.contains(TestedFeature.WHERE_PURE_FUNCTION);
            return copied
                    || features.contains(TestedFeature.WHERE_LYING_FUNCTION) && warnings.contains(FindingCode.UNPROVEN);
        }
        boolean sideEffect = warnings.contains(FindingCode.SIDE_EFFECT);
        String state = e instanceof DatabaseException d ? d.sqlState() : "";
        // a row that a trigger writes a second time is checked against a key that it never satisfied
        boolean again = state.equals("23503")
                && features.containsAll(Set.of(TestedFeature.TRIGGER_WRITES_ELSEWHERE, TestedFeature.NOT_VALID));
        // and one that a trigger has kept may be in the way of what it refers to
        boolean kept = state.startsWith("23") && features.contains(TestedFeature.TRIGGER_RETURNS_NULL);
        // and what a trigger writes by itself is published like the rest
        boolean published = PUBLISHED.contains(state) && features.contains(TestedFeature.TRIGGER_WRITES_ELSEWHERE);
        // a value that only the database knows may refer to nothing
        boolean unknown = state.equals("23503") && new ReassignTargets(followed).namedBySql();
        return sideEffect && (again || kept || published || BY_TRIGGER.contains(name))
                || (UNPROVEN.contains(state) || unknown) && warnings.contains(FindingCode.UNPROVEN);
    }

    /** Whether rows are handed over to one that is not there, or leaves as well: only the rows can tell, so no check does. */
    private boolean nobodyStands(ExeuntException e) {
        return e.getClass().getSimpleName().equals("ReassignTargetMissingException")
                && new ReassignTargets(followed).missing();
    }

    private static void agree(String when, List<String> complaints) {
        require(complaints.isEmpty(), when + ":\n" + String.join("\n", complaints));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}

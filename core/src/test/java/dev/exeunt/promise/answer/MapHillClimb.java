package dev.exeunt.promise.answer;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.map.Finding;
import dev.exeunt.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Changes a drafted map step by step until it passes the check, and keeps the refused maps. */
public final class MapHillClimb {

    private static final int STEPS = 60;

    private final SeededRandom dice;
    private final Function<MapDefinition, MapCheckResult> check;
    private final List<RefusedMap> refused = new ArrayList<>();
    private MapModel passed;

    private MapHillClimb(SeededRandom dice, Function<MapDefinition, MapCheckResult> check) {
        this.dice = dice;
        this.check = check;
    }

    /**
     * Holds a map that the check refused, and its errors.
     *
     * @param errors at least one
     */
    public record RefusedMap(MapModel answers, List<Finding> errors) {}

    /** @param check holds a map against the live schema */
    public static MapHillClimb from(
            MapModel drafted, SeededRandom dice, Function<MapDefinition, MapCheckResult> check) {
        MapHillClimb climb = new MapHillClimb(dice, check);
        MapModel start = RandomMapChange.decided(dice, drafted);
        for (int i = dice.below(6); i > 0; i--) {
            start = new RandomMapChange(dice, start).somewhere();
        }
        climb.up(withRareLinks(start, dice));
        return climb;
    }

    /** With links that no draft has, each at times. */
    private static MapModel withRareLinks(MapModel start, SeededRandom dice) {
        MapModel rare = start;
        if (dice.chance(40)) {
            rare = new RandomMapChange(dice, rare).byMember();
        }
        if (dice.chance(30)) {
            rare = new RandomMapChange(dice, rare).byValue();
        }
        List<ModelRole> linked = rare.roles().stream().filter(r -> !r.self()).toList();
        if (dice.chance(20) && !linked.isEmpty()) {
            ModelRole role = dice.one(linked);
            ModelRole narrowed = role.narrowed(dice.one(ModelCondition.PURE, ModelCondition.LYING));
            rare = rare.with(
                    rare.roles().stream().map(r -> r == role ? narrowed : r).toList());
        }
        return rare;
    }

    /** The map that passes, where one was found. */
    public Optional<MapModel> passed() {
        return Optional.ofNullable(passed);
    }

    public List<RefusedMap> refused() {
        return refused;
    }

    private void up(MapModel start) {
        MapModel best = start;
        int fewest = Integer.MAX_VALUE;
        List<Finding> errors = List.of();
        ModelYaml text = new ModelYaml(best);
        for (int i = 0; i < STEPS; i++) {
            MapModel next = i == 0 ? start : step(best, text, errors);
            ModelYaml nextText = new ModelYaml(next);
            List<Finding> found = errors(nextText);
            if (found.isEmpty()) {
                passed = next;
                return;
            }
            remember(next, found);
            if (found.size() <= fewest) {
                fewest = found.size();
                best = next;
                text = nextText;
                errors = found;
            }
        }
    }

    private List<Finding> errors(ModelYaml text) {
        return check.apply(MapReader.read(text.yaml(), "exeunt.yaml")).errors();
    }

    private void remember(MapModel answers, List<Finding> errors) {
        Set<String> codes = errors.stream().map(e -> e.code().word()).collect(Collectors.toSet());
        if (codes.size() == 1 && errors.size() <= 2) {
            refused.add(new RefusedMap(answers, errors));
        }
    }

    private MapModel step(MapModel best, ModelYaml text, List<Finding> errors) {
        RandomMapChange change = new RandomMapChange(dice, best);
        ModelRole role = text.role(dice.one(errors).at().line());
        return role == null || dice.chance(35) ? change.somewhere() : change.of(role);
    }
}

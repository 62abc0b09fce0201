package dev.exeunt.promise.answer;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding;
import dev.exeunt.map.yaml.MapReader;
import dev.exeunt.plan.proof.Checked;
import dev.exeunt.testkit.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** From a draft to a map that passes, by small changes where the findings point; what was refused on the way is kept. */
public final class Climb {

    private static final int STEPS = 60;

    private final Dice dice;
    private final Function<DataMap, Checked> check;
    private final List<Refused> refused = new ArrayList<>();
    private Answers passed;

    private Climb(Dice dice, Function<DataMap, Checked> check) {
        this.dice = dice;
        this.check = check;
    }

    /**
     * A map that was refused, all of its errors of one kind.
     *
     * @param errors at least one
     */
    public record Refused(Answers answers, List<Finding> errors) {}

    /** @param check holds a map against the live schema */
    public static Climb from(Answers drafted, Dice dice, Function<DataMap, Checked> check) {
        Climb climb = new Climb(dice, check);
        Answers start = Change.decided(dice, drafted);
        for (int i = dice.below(6); i > 0; i--) {
            start = new Change(dice, start).somewhere();
        }
        climb.up(start);
        return climb;
    }

    /** The map that passes, where one was found. */
    public Optional<Answers> passed() {
        return Optional.ofNullable(passed);
    }

    public List<Refused> refused() {
        return refused;
    }

    private void up(Answers start) {
        Answers best = start;
        int fewest = Integer.MAX_VALUE;
        List<Finding> errors = List.of();
        MapText text = new MapText(best);
        for (int i = 0; i < STEPS; i++) {
            Answers next = i == 0 ? start : step(best, text, errors);
            MapText nextText = new MapText(next);
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

    private List<Finding> errors(MapText text) {
        return check.apply(MapReader.read(text.yaml(), "exeunt.yaml")).errors();
    }

    private void remember(Answers answers, List<Finding> errors) {
        Set<String> codes = errors.stream().map(e -> e.code().word()).collect(Collectors.toSet());
        if (codes.size() == 1 && errors.size() <= 2) {
            refused.add(new Refused(answers, errors));
        }
    }

    private Answers step(Answers best, MapText text, List<Finding> errors) {
        Change change = new Change(dice, best);
        Role role = text.role(dice.one(errors).at().line());
        return role == null || dice.chance(35) ? change.somewhere() : change.of(role);
    }
}

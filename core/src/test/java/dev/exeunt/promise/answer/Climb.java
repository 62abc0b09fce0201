package dev.exeunt.promise.answer;

import dev.exeunt.map.Finding;
import dev.exeunt.map.yaml.MapReader;
import dev.exeunt.plan.proof.Checked;
import dev.exeunt.plan.proof.Planner;
import dev.exeunt.promise.made.Dice;
import dev.exeunt.schema.DatabaseSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From a draft to a map that passes, by small changes where the findings point; what was refused on the way is kept. */
public final class Climb {

    private static final int STEPS = 60;

    private final Dice dice;
    private final DatabaseSchema live;
    private final List<Refused> refused = new ArrayList<>();
    private Answers passed;

    private Climb(Dice dice, DatabaseSchema live) {
        this.dice = dice;
        this.live = live;
    }

    /**
     * A map that was refused, all of its errors of one kind.
     *
     * @param errors at least one
     */
    public record Refused(Answers answers, List<Finding> errors) {}

    /** @param accepts what a map must do besides passing to be taken */
    public static Climb from(Answers drafted, Dice dice, DatabaseSchema live) {
        Climb climb = new Climb(dice, live);
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
        Checked checked = Planner.check(MapReader.read(text.yaml(), "exeunt.yaml"), live);
        return checked.errors();
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

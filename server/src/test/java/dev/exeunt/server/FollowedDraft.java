package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.RehearsalResult.UnreachedPlace;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding;
import dev.exeunt.map.MapDraft;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.testkit.FixApplier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes a map of a draft as its owner does: answers each question, and pastes to the letter what {@code check} and {@code rehearse} print. */
final class FollowedDraft {

    private final Exeunt exeunt;
    private final Consumer<String> sql;
    private final Map<String, String> answers;
    private final List<String> asked = new ArrayList<>();
    private final Set<String> pasted = new HashSet<>();
    private String map;

    /**
     * @param sql runs statements that {@code check} prints
     * @param answers the word of the fate, by role
     */
    FollowedDraft(Exeunt exeunt, Consumer<String> sql, String draft, Map<String, String> answers) {
        this.exeunt = exeunt;
        this.sql = sql;
        this.map = draft;
        this.answers = answers;
    }

    DataMap map() {
        return Exeunt.readMap(map, "exeunt.yaml");
    }

    /** The roles that were asked about, in the order of the questions. */
    List<String> asked() {
        return asked;
    }

    /** Answers and pastes until {@code check} has nothing more to ask or to paste, and returns what is left. */
    List<Finding> follow() {
        answer();
        List<Finding> findings = exeunt.check(map()).findings();
        Optional<Finding> next = next(findings);
        while (next.isPresent()) {
            paste(next.get());
            answer();
            findings = exeunt.check(map()).findings();
            next = next(findings);
        }
        return findings;
    }

    private static Optional<Finding> next(List<Finding> findings) {
        return findings.stream().filter(f -> f.fix().paste() != null).findFirst();
    }

    private void answer() {
        for (List<MapDraft.Question> open = exeunt.questions(map()); !open.isEmpty(); open = exeunt.questions(map())) {
            MapDraft.Question question = open.get(0);
            String word = answers.get(question.role());
            assertThat(word)
                    .as("an answer to the question about " + question.role() + " in\n" + map)
                    .isNotNull();
            assertThat(asked).as("asked twice").doesNotContain(question.role());
            asked.add(question.role());
            map = question.answered(
                    map,
                    question.answers().stream()
                            .filter(a -> a.word().equals(word))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(word + " is not offered for " + question.role()))
                            .because("evidence of what administrators did"));
        }
    }

    private void paste(Finding finding) {
        assertThat(pasted.add(finding.message() + finding.fix()))
                .as("comes back after its paste: " + finding)
                .isTrue();
        if (finding.fix().paste() instanceof SuggestedFix.SqlStatement statement) {
            sql.accept(statement.text().replace(" CONCURRENTLY", ""));
        } else {
            map = FixApplier.into(map, finding);
        }
    }

    /** Pastes the links that a rehearsal prints for what the map does not reach, and returns what has no link to paste. */
    List<UnreachedPlace> reach(String key) {
        for (UnreachedPlace place : places(key)) {
            if (place.fix().paste() instanceof SuggestedFix.MapEntries entries) {
                map = FixApplier.into(map, entries);
            }
        }
        return places(key);
    }

    /** Accepts that what stands in this column stays. */
    void accept(String column) {
        map = FixApplier.into(
                map,
                new SuggestedFix.MapEntries(
                        List.of("accept", "unreached-data"), column + ": it expires, or is others'"));
    }

    private List<UnreachedPlace> places(String key) {
        RehearsalResult result = exeunt.rehearse(map(), List.of(key), 0);
        assertThat(result.failed()).as(result.subjects().toString()).isZero();
        return result.search().places().stream()
                .filter(p -> p.left() > 0 && p.accepted() == null)
                .toList();
    }
}

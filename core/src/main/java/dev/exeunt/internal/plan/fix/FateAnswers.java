package dev.exeunt.internal.plan.fix;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.rule.UnnamedColumns;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.map.OpenQuestion;
import dev.exeunt.map.OpenQuestion.OfferedAnswer;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Offers fates for roles that a map leaves undecided, each complete: it says what becomes of every column that needs a rule. */
public final class FateAnswers {

    private final BoundMap bound;
    private final PlannedRole role;
    private final List<Column> unnamed;

    private FateAnswers(BoundMap bound, PlannedRole role) {
        this.bound = bound;
        this.role = role;
        this.unnamed = UnnamedColumns.of(role, Set.of());
    }

    /** Returns a question for each undecided role, those of the largest tables first. */
    public static List<OpenQuestion> questions(BoundMap bound) {
        return bound.roles().stream()
                .filter(FateAnswers::isUndecided)
                .map(r -> new OpenQuestion(
                        r.id().toString(),
                        r.fate().at(),
                        r.table().estimatedRows(),
                        new FateAnswers(bound, r).answers()))
                .sorted(Comparator.comparingLong(OpenQuestion::rows).reversed().thenComparing(OpenQuestion::at))
                .toList();
    }

    /** Returns the answers for people to choose from. None is there to be pasted unseen: what becomes of the rows is theirs to say. */
    public static SuggestedFix fix(BoundMap bound, PlannedRole role) {
        String offered = new FateAnswers(bound, role)
                .answers().stream()
                        .map(a -> "\n  # " + a.follows() + "\n  erase: " + a.yaml())
                        .collect(Collectors.joining());
        return SuggestedFix.words("decide; for " + role.id() + " write one of" + offered);
    }

    private static boolean isUndecided(PlannedRole role) {
        return switch (role.outcome()) {
            case UNDECIDED -> true;
            case DELETE, ANONYMIZE, DETACH, REASSIGN, KEEP, LEAVE_ALONE, UNSPECIFIED -> false;
            case STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST -> false;
        };
    }

    private List<OfferedAnswer> answers() {
        List<OfferedAnswer> answers = new ArrayList<>();
        if (mayGo()) {
            answers.add(new OfferedAnswer("delete", "The rows go" + below() + ".", "delete"));
        }
        FateYaml overwritten = new RuleSuggestion(bound, role).coverUnnamedColumns(FateYaml.ANONYMIZE, unnamed);
        if (!overwritten.rules().isEmpty()) {
            answers.add(new OfferedAnswer(
                    "anonymize",
                    "The rows stay. Overwritten: "
                            + String.join(", ", overwritten.rules().keySet()) + stays(overwritten),
                    overwritten.value()));
        }
        if (mayLetGo()) {
            FateYaml detached = FateYaml.DETACH.retaining(names(unnamed));
            answers.add(new OfferedAnswer(
                    "detach",
                    "The rows stay for others and no longer refer to the person" + stays(detached),
                    detached.value()));
        }
        FateYaml kept = new FateYaml("keep: " + YamlFormatter.quoted(OfferedAnswer.REASON), Map.of(), names(unnamed));
        answers.add(new OfferedAnswer(
                "keep", "The rows stay as they are, with the person's key. Plan and receipt say why.", kept.value()));
        return answers;
    }

    private static String stays(FateYaml fate) {
        return fate.retain().isEmpty() ? "." : ". As they are: " + String.join(", ", fate.retain()) + ".";
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    /** Tables whose rows refer to these, so that they go or let go as well. */
    private String below() {
        List<String> tables = bound.referringTo(role.table()).stream()
                .map(ForeignKey::child)
                .filter(child -> !child.equals(role.table().name()))
                .distinct()
                .map(Object::toString)
                .toList();
        String more = tables.size() > 3 ? " and " + (tables.size() - 3) + " more tables" : "";
        return tables.isEmpty()
                ? ""
                : "; rows of " + tables.stream().limit(3).collect(Collectors.joining(", ")) + more + " refer to them";
    }

    /** Rows that people's rows point to may only go where no second row can point to the same one. */
    private boolean mayGo() {
        return !role.referredTo() || bound.referringTo(role.table()).stream().allMatch(this::isUnique);
    }

    private boolean isUnique(ForeignKey key) {
        return bound.schema().table(key.child()).stream()
                .flatMap(t -> t.indexes().stream())
                .anyMatch(i -> i.uniqueForAll() && key.columns().containsAll(i.columns()));
    }

    private boolean mayLetGo() {
        return !role.on().isEmpty()
                && role.on().stream()
                        .allMatch(c -> !c.notNull()
                                && c.writable()
                                && !role.table().primaryKey().contains(c.name()));
    }
}

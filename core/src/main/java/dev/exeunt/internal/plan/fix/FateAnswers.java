package dev.exeunt.internal.plan.fix;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.names.ContainerNames;
import dev.exeunt.internal.names.FilePointers;
import dev.exeunt.internal.names.PersonalDataCategory;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.rule.UnnamedColumns;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.MapDraft;
import dev.exeunt.map.MapDraft.Answer;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
    public static List<MapDraft.Question> questions(BoundMap bound) {
        return bound.roles().stream()
                .filter(FateAnswers::isUndecided)
                .map(r -> new MapDraft.Question(
                        r.id().toString(),
                        r.fate().at(),
                        r.table().estimatedRows(),
                        new FateAnswers(bound, r).answers()))
                .sorted(Comparator.comparingLong(MapDraft.Question::rows)
                        .reversed()
                        .thenComparing(MapDraft.Question::at))
                .toList();
    }

    /** Returns the answers for people to choose from. None is there to be pasted unseen: what becomes of the rows is theirs to say. */
    public static SuggestedFix fix(BoundMap bound, PlannedRole role) {
        FateAnswers answers = new FateAnswers(bound, role);
        if (answers.sharesColumn()) {
            String column = role.on().get(0).name();
            String kind = ColumnHeuristics.kindBeside(role.table(), role.on().get(0))
                    .orElseThrow()
                    .name();
            return SuggestedFix.words("add to " + role.id() + " a where: with the value of " + kind
                    + " that means a person, since " + column
                    + " holds keys of several kinds; then check offers what becomes of the rows");
        }
        String offered = answers.answers().stream()
                .map(a -> "\n  # " + a.follows() + "\n  erase: " + a.yaml())
                .collect(Collectors.joining());
        String handedOver = role.source() instanceof KeySource.SubjectKeyValues
                ? "\nor { reassign: KEY }, where another row of "
                        + bound.subject().table().name() + " takes them over"
                : "";
        return SuggestedFix.words("decide; for " + role.id() + " write one of" + offered + handedOver);
    }

    private static boolean isUndecided(PlannedRole role) {
        return switch (role.outcome()) {
            case UNDECIDED -> true;
            case DELETE, ANONYMIZE, DETACH, REASSIGN, KEEP, LEAVE_ALONE, UNSPECIFIED -> false;
            case STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST -> false;
        };
    }

    private List<Answer> answers() {
        if (sharesColumn()) {
            return List.of();
        }
        List<Answer> answers = new ArrayList<>();
        boolean alone = pointsToRowsOfOne();
        if (alone) {
            answers.add(new Answer("delete", "The rows go" + below() + ".", "delete"));
        }
        FateYaml overwritten = overwritten();
        if (alone && !isWorkedInTogether() && !overwritten.rules().isEmpty()) {
            answers.add(new Answer(
                    "anonymize",
                    "The rows stay. Overwritten: "
                            + String.join(", ", overwritten.rules().keySet()) + stays(overwritten),
                    overwritten.value()));
        }
        if (mayLetGo()) {
            FateYaml detached = withRules(FateYaml.DETACH.main());
            answers.add(new Answer(
                    "detach",
                    "The rows stay for others and no longer refer to the person" + stays(detached),
                    detached.value()));
        }
        FateYaml kept = withRules("keep: " + YamlFormatter.quoted(Answer.REASON));
        answers.add(new Answer("keep", "The rows stay, with the person's key" + stays(kept), kept.value()));
        return answers;
    }

    /** Overwrites what may tell of the person. A word that programs read, such as a kind or the name of a file, stays. */
    private FateYaml overwritten() {
        Map<Boolean, List<Column>> columns =
                unnamed.stream().collect(Collectors.partitioningBy(c -> isForPrograms(role.table(), c)));
        return new RuleSuggestion(bound, role)
                .coverUnnamedColumns(FateYaml.ANONYMIZE, columns.getOrDefault(false, List.of()))
                .retaining(names(columns.getOrDefault(true, List.of())));
    }

    private static boolean isForPrograms(Table table, Column column) {
        return PersonalDataCategory.of(column) == PersonalDataCategory.CODE || FilePointers.isPointer(table, column);
    }

    /** The rules that the map has for the role already stay; the other columns are retained. */
    private FateYaml withRules(String main) {
        Map<String, String> rules = new LinkedHashMap<>();
        role.fate().rules().forEach(r -> rules.put(r.column().text(), FateYaml.value(r.rule())));
        return new FateYaml(main, rules, List.of()).retaining(names(unnamed));
    }

    /** Whether the column holds keys of several kinds and the link does not say yet which of them are people. */
    private boolean sharesColumn() {
        return role.where() == null
                && role.source() instanceof KeySource.SubjectKeyValues
                && role.on().size() == 1
                && !declaresKey()
                && ColumnHeuristics.kindBeside(role.table(), role.on().get(0)).isPresent();
    }

    private boolean declaresKey() {
        return role.table().foreignKeys().stream().anyMatch(k -> k.columns().equals(names(role.on())));
    }

    /** Whether other people work in the row, so that its name and its settings are theirs as well. */
    private boolean isWorkedInTogether() {
        String name = role.table().name().name();
        return ContainerNames.organisation(name) || ContainerNames.place(name);
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

    /** Rows that people's rows point to are one person's only where no second row can point to the same one. */
    private boolean pointsToRowsOfOne() {
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

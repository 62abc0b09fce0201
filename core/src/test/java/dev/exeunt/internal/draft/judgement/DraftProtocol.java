package dev.exeunt.internal.draft.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.plan.proof.SafePaste;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.testkit.FixApplier;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSchemaReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes from a draft to a clean check as a stranger would who follows each printed fix to the letter, and counts the edits. */
public final class DraftProtocol {

    private static final String OFFERED = "  erase: ";
    private static final Pattern WHERE = Pattern.compile("^add to \\S+ a where: with the value of (\\S+) ");

    private final TestDatabase database;
    private final Function<List<String>, String> choice;
    private DatabaseSchema schema;
    private String map;
    private final Set<String> tried = new HashSet<>();
    private int questions;
    private int answered;
    private int pasted;
    private int statements;

    /** @param choice picks one of the fates that a question offers */
    public DraftProtocol(TestDatabase database, String map, Function<List<String>, String> choice) {
        this.database = database;
        this.map = map;
        this.choice = choice;
        this.schema = TestSchemaReader.schema(database);
    }

    int questions() {
        return questions;
    }

    int answered() {
        return answered;
    }

    int pasted() {
        return pasted;
    }

    int statements() {
        return statements;
    }

    /** The map as it is now, in YAML. */
    public String map() {
        return map;
    }

    /** Answers each question that {@code check} asks, once. */
    public void answer() {
        Set<String> known = new HashSet<>();
        List<Finding> open = undecided();
        questions = open.size();
        while (!open.isEmpty()) {
            Finding question = open.get(0);
            if (narrowed(question)) {
                open = undecided();
                continue;
            }
            List<String> offered = question.fix()
                    .words()
                    .lines()
                    .filter(l -> l.startsWith(OFFERED))
                    .map(String::strip)
                    .toList();
            assertThat(offered).as(question.toString()).isNotEmpty();
            assertThat(known.add(question.what()))
                    .as("asked twice: " + question)
                    .isTrue();
            map = FixApplier.into(map, new SuggestedFix.MapEntries(place(question.what()), choice.apply(offered)));
            answered++;
            open = undecided();
        }
    }

    /** Where a column holds keys of several kinds, the owner first says which value means a person. */
    private boolean narrowed(Finding question) {
        Matcher where = WHERE.matcher(question.fix().words());
        if (!where.find()) {
            return false;
        }
        assertThat(tried.add("where " + question.what())).isTrue();
        map = FixApplier.into(
                map, new SuggestedFix.MapEntries(place(question.what()), "where: \"" + where.group(1) + " = 0\""));
        return true;
    }

    /** Pastes what {@code check} prints until nothing is left to paste, and returns what is left. */
    public List<Finding> paste() {
        runStatements();
        while (true) {
            List<Finding> findings = findings();
            Optional<Finding> next =
                    findings.stream().filter(f -> f.fix().paste() != null).findFirst();
            if (next.isEmpty()) {
                return findings;
            }
            assertThat(tried.add(next.get().message() + next.get().fix()))
                    .as("comes back after its paste: " + next.get())
                    .isTrue();
            if (next.get().fix().paste() instanceof SuggestedFix.SqlStatement) {
                runStatements();
            } else {
                MapDefinition before = read();
                map = FixApplier.into(map, next.get());
                SafePaste.assertSafe(before, read(), schema, next.get());
                pasted++;
            }
        }
    }

    private void runStatements() {
        for (Finding finding : findings()) {
            if (finding.fix().paste() instanceof SuggestedFix.SqlStatement statement) {
                database.execute(statement.text().replace(" CONCURRENTLY", ""));
                statements++;
            }
        }
        schema = TestSchemaReader.schema(database);
    }

    private List<Finding> undecided() {
        return findings().stream()
                .filter(f -> f.code() == FindingCode.UNDECIDED)
                .toList();
    }

    private List<Finding> findings() {
        return MappedDatabase.check(database, read(), schema).findings();
    }

    private MapDefinition read() {
        return MapReader.read(map, "exeunt.yaml");
    }

    /** The words that lead to the role's entry. */
    private List<String> place(String role) {
        for (MappedTable table : read().tables()) {
            String name = table.table().text();
            for (Role one : table.roles()) {
                if (role.equals(name + "." + one.name())) {
                    boolean inline = table.roles().size() == 1 && one.name().equals("link");
                    return inline ? List.of("tables", name) : List.of("tables", name, "links", one.name());
                }
            }
        }
        throw new AssertionError("the map has no role " + role);
    }
}

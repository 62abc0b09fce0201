package dev.exeunt.internal.draft.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.draft.judgement.TableJudgement.Personality;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the judgements with the schemas that they judge. */
class JudgementFilesTest {

    @ParameterizedTest
    @EnumSource(JudgedSchema.class)
    void everyJudgementCanBeRead(JudgedSchema judged) {
        assertThat(judged.judgement().schema()).isEqualTo(judged.title());
    }

    @TestFactory
    Stream<DynamicTest> everyTableAndEveryForeignKeyOnAPathIsJudged() {
        return JudgedSchema.wanted().map(s -> DynamicTest.dynamicTest(s.title(), () -> fits(s)));
    }

    private static void fits(JudgedSchema judged) {
        SchemaJudgement judgement = judged.judgement();
        DatabaseSchema schema = judged.load();

        assertThat(judgement.tables().keySet())
                .containsExactlyInAnyOrderElementsOf(schema.tables().stream()
                        .map(t -> SchemaJudgement.name(t.name()))
                        .toList());
        Table subject = schema.table(judgement.subject()).orElseThrow();
        assertThat(subject.columnNames())
                .containsAll(judgement.identifiers().right())
                .containsAll(judgement.identifiers().acceptable())
                .containsAll(judgement.identifiers().harmful());
        assertThat(judgement.of(judgement.subject()).roles()).containsKey("self");
        schema.tables().forEach(t -> columnsExist(t, judgement.of(t.name()), schema));
        reached(schema, judgement.subject()).forEach(key -> isJudged(key, judgement));
    }

    private static void columnsExist(Table table, TableJudgement judged, DatabaseSchema schema) {
        assertThat(table.columnNames()).as(table.name().toString()).containsAll(judged.secrets());
        judged.roles().forEach((name, role) -> {
            String place = table.name() + "/" + name;
            assertThat(table.columnNames())
                    .as(place)
                    .containsAll(name.equals("self") ? List.of() : List.of(name.split(",")))
                    .containsAll(role.overwrite())
                    .containsAll(role.leave().names())
                    .containsAll(role.notExported().names());
            assertThat(role.overwrite()).as(place).noneMatch(role.leave()::holds);
            assertDisjoint(place, role.right(), role.acceptable());
            assertDisjoint(place, role.right(), role.harmful());
            assertDisjoint(place, role.acceptable(), role.harmful());
        });
        judged.reachedBy().keySet().forEach(name -> {
            int dot = name.lastIndexOf('.');
            Table referring = schema.table(SchemaJudgement.table(name.substring(0, dot)))
                    .orElseThrow(() -> new AssertionError("there is no " + name));
            assertThat(referring.columnNames()).contains(name.substring(dot + 1));
        });
        boolean explained = !judged.roles().isEmpty()
                || !judged.reachedBy().isEmpty()
                || !judged.why().isBlank();
        assertThat(explained).as(table.name() + " has a reason").isTrue();
        assertThat(judged.personal() == Personality.FALSE && judged.why().isBlank())
                .as(table.name() + " is not personal for a reason")
                .isFalse();
    }

    private static void assertDisjoint(String place, List<String> one, List<String> other) {
        assertThat(one).as(place).filteredOn(other::contains).isEmpty();
    }

    private static void isJudged(ForeignKey key, SchemaJudgement judgement) {
        assertThat(judgement.of(key.child()).roles())
                .as("the role of " + key.child() + " by " + key.columns())
                .containsKey(String.join(",", key.columns()));
    }

    /** The foreign keys by which rows refer to the person, directly or through rows of other tables. */
    private static Set<ForeignKey> reached(DatabaseSchema schema, TableName subject) {
        Map<TableName, List<ForeignKey>> inbound = schema.inbound();
        Set<ForeignKey> keys = new HashSet<>();
        Deque<TableName> next = new ArrayDeque<>(List.of(subject));
        while (!next.isEmpty()) {
            for (ForeignKey key : inbound.getOrDefault(next.pop(), List.of())) {
                if (keys.add(key)) {
                    next.add(key.child());
                }
            }
        }
        return keys;
    }
}

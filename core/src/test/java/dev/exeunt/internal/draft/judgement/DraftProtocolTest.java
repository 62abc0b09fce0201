package dev.exeunt.internal.draft.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Follows what {@code check} prints, from the draft of each judged schema to a map without errors: one edit a question, no paste that
 * cannot be read, no decision undone.
 */
class DraftProtocolTest {

    /** Answers as three owners would give them: the strongest fate that is offered, the mildest one, and one between. */
    enum Owner {
        DELETES(offered -> offered.get(0)),
        WEIGHS(offered -> offered.get(offered.size() / 2)),
        KEEPS(offered -> offered.get(offered.size() - 1));

        private final Function<List<String>, String> choice;

        Owner(Function<List<String>, String> choice) {
            this.choice = choice;
        }
    }

    @TestFactory
    Stream<DynamicTest> eachQuestionTakesOneEdit() {
        return JudgedSchema.wanted()
                .filter(JudgedSchema::hasScript)
                .flatMap(schema -> Stream.of(Owner.values())
                        .map(owner ->
                                DynamicTest.dynamicTest(schema.title() + " " + owner, () -> follow(schema, owner))));
    }

    /** Who deletes what others work in has to say row by row what becomes of theirs: no text can be pasted for that unseen. */
    private static boolean touchesOthers(Finding finding) {
        return finding.message().endsWith("no link of the map reaches all of them.")
                && finding.fix().words().startsWith("a new link ");
    }

    private static void follow(JudgedSchema schema, Owner owner) {
        try (TestDatabase database = schema.open()) {
            String subject = schema.judgement().subject().toString();
            String draft =
                    new MappedDatabase(database, null).exeunt().draft(subject).yaml();
            DraftProtocol protocol = new DraftProtocol(database, draft, owner.choice);

            protocol.answer();
            List<Finding> left = protocol.paste();

            System.out.println("from draft to check: " + schema.title() + " " + owner + ": " + protocol.questions()
                    + " questions, " + protocol.answered() + " answers, " + protocol.pasted() + " pastes, "
                    + protocol.statements() + " indexes; "
                    + left.stream().map(f -> f.code().word() + " " + f.what()).toList());
            assertThat(left).filteredOn(Finding::isError).allMatch(f -> owner == Owner.DELETES && touchesOthers(f));
        }
    }
}

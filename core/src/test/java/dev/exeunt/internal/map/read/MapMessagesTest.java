package dev.exeunt.internal.map.read;

import static dev.exeunt.internal.map.read.MapFaultsTest.HEAD;
import static dev.exeunt.internal.map.read.MapFaultsTest.faults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.map.MapInvalidException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Faults are told all at once, in order, in words of bearable length; and a map that means harm is one. */
class MapMessagesTest {

    @Test
    void allFaultsAreToldAtOnceInTheOrderOfTheFile() {
        String yaml = """
                version: 3
                subject: { table: users, key: [] }
                flows: {}
                tables:
                  users: { erase: keep }
                  posts: { subject: a, erase: { anonymize: { b: "{kye}-{due}", c: {now}, d: "}" } } }
                  likes: { subject: [a, a], export: all, hide: vanish }
                guards: { g: { flows: [leave], sql: '', message: "{" } }
                accept: { nonsense: { a: b } }
                """;
        assertThat(faults(yaml).stream().map(f -> f.replaceFirst("(?s)^(\\S+): ([a-z-]+): .*", "$1 $2")))
                .containsExactly(
                        "1:10 malformed",
                        "2:31 malformed",
                        "3:8 malformed",
                        "5:19 malformed",
                        "6:49 malformed",
                        "6:49 unknown-word",
                        "6:67 malformed",
                        "6:77 malformed",
                        "7:25 malformed",
                        "7:37 malformed",
                        "7:48 unknown-word",
                        "8:24 unknown-word",
                        "8:37 malformed",
                        "8:50 malformed",
                        "9:11 unknown-word");
    }

    @Test
    void theExceptionsMessageIsEveryFindingWithItsFix() {
        MapInvalidException e = catchThrowableOfType(
                MapInvalidException.class,
                () -> MapReader.read(HEAD + "  t: { subject: a, erase: delet }\n", "my.yaml"));
        assertThat(e).hasMessage("""
                        my.yaml:5:27: error: unknown-word: erase has no word delet. Did you mean delete? \
                        Valid: delete, detach, undecided, anonymize, keep, reassign.
                            fix: write delete instead of delet
                                 or take delet out""");
    }

    @Test
    void longAndUnprintableValuesAreCutInMessages() {
        String message = faults(HEAD + "  t: { subject: a, erase: \"\\e[31m" + "x".repeat(500) + "\" }\n")
                .get(0);
        assertThat(message).contains("\\u001b[31mxxx").contains("xxx...").doesNotContain("\u001b");
        assertThat(message.length()).isLessThan(400);
    }

    @Test
    void aMapNestedAHundredThousandLevelsDeepIsRefusedInsteadOfOverflowingTheStack() {
        List<String> deep = List.of(
                "[".repeat(100_000),
                "{a: ".repeat(100_000),
                "- ".repeat(100_000),
                "? ".repeat(100_000),
                "[{a: ".repeat(50_000));
        for (String yaml : deep) {
            assertThat(faults(yaml)).singleElement().asString().contains("deeper than 32 levels");
        }
    }

    @Test
    void anAliasBombIsRefusedAtItsFirstAnchor() {
        String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
                + Stream.of("ab", "bc", "cd", "de", "ef", "fg", "gh", "hi")
                        .map(p ->
                                p.charAt(1) + ": &" + p.charAt(1) + " [" + ("*" + p.charAt(0) + ",").repeat(9) + "]\n")
                        .collect(Collectors.joining());
        assertThat(faults(bomb)).first().asString().startsWith("1:1: ");
        assertThat(faults(bomb)).anyMatch(f -> f.startsWith("1:4: malformed: A map has no anchors"));
    }
}

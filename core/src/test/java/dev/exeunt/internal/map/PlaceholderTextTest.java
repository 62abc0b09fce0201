package dev.exeunt.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.PlaceholderText.PlaceholderPart;
import dev.exeunt.internal.map.PlaceholderText.PlainPart;
import dev.exeunt.internal.map.PlaceholderText.StrayBrace;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceholderTextTest {

    @Test
    void namesStandBetweenBracesAndDoubledBracesAreText() {
        PlaceholderText text = PlaceholderText.parse("{{{ name }}} of {org}");
        assertThat(text.parts())
                .containsExactly(
                        new PlainPart("{"),
                        new PlaceholderPart("name"),
                        new PlainPart("} of "),
                        new PlaceholderPart("org"));
        assertThat(text.names()).containsExactly("name", "org");
        assertThat(text.isWellFormed()).isTrue();
        assertThat(text.filled(name -> "<" + name + ">")).isEqualTo("{<name>} of <org>");
    }

    @Test
    void aBraceWithoutItsOtherOrWithoutANameIsNotWellFormed() {
        for (String text : List.of("a{", "a}", "{}", "{ }", "{a}}", "{{a}")) {
            assertThat(PlaceholderText.parse(text).isWellFormed()).as(text).isFalse();
        }
        assertThat(PlaceholderText.parse("{a{b}").parts())
                .containsExactly(new StrayBrace('{'), new PlainPart("a"), new PlaceholderPart("b"));
    }

    @Test
    void aTextThatIsEscapedIsItselfAgain() {
        for (String text : List.of("", "{}", "a{b}c", "{{x}}", "}{")) {
            PlaceholderText parsed = PlaceholderText.parse(PlaceholderText.escaped(text));
            assertThat(parsed.names()).as(text).isEmpty();
            assertThat(parsed.filled(name -> "?")).isEqualTo(text);
        }
    }
}

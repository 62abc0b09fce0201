package dev.exeunt.internal.map.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Tests that formatted scalars and comments read back unchanged. */
class YamlFormatterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_id",
                "a: b",
                "# c",
                "",
                " ",
                "null",
                "NULL",
                "~",
                "yes",
                "1",
                "1e3",
                "0x1F",
                ".inf",
                "- x",
                "? y",
                "[a]",
                "{a}",
                "a, b",
                "it's",
                "\"",
                "\\",
                "\t",
                "\n",
                "\u0085",
                "\u2028",
                "\ufeff",
                "\u202e",
                "\u0000",
                "用户",
                "naïve",
                "😀",
                "%",
                "@at",
                "`",
                "*a",
                "&a",
                "!a",
                "|",
                ">",
                "=",
                "<<",
                "---",
                "...",
                "a b",
                "Infinity",
                "true\u00a0"
            })
    void scalarsReadBackAsTheyAre(String text) {
        assertThat(load("- " + YamlFormatter.scalar(text))).isEqualTo(java.util.List.of(text));
        assertThat(load("[" + YamlFormatter.scalar(text) + "]")).isEqualTo(java.util.List.of(text));
        assertThat(load(YamlFormatter.scalar(text) + ": 1")).isEqualTo(java.util.Map.of(text, 1));
        assertThat(load("{ " + YamlFormatter.scalar(text) + ": 1 }")).isEqualTo(java.util.Map.of(text, 1));
        assertThat(load("k: " + YamlFormatter.prose(text))).isEqualTo(java.util.Map.of("k", text));
    }

    @Test
    void aCommentStaysOneLineAndHidesNothing() {
        String comment = YamlFormatter.comment("a\nb\rc\u0085d\u2028e\u202ef\tg");

        assertThat(comment).isEqualTo("a?b?c?d?e?f?g");
    }

    private static Object load(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }
}

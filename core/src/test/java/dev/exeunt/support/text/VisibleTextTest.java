package dev.exeunt.support.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nothing that steers a terminal or turns a line around is left in a text; what people write is. */
class VisibleTextTest {

    @Test
    void leavesWhatPeopleWrite() {
        String text = "Ärger 日本語 مرحبا 👩\u200d🚀 می\u200cخواهم a\tb\nc\r\nd";
        assertThat(VisibleText.lines(text)).isEqualTo(text);
    }

    @Test
    void showsEveryControlAndBidirectionalCharacter() {
        assertThat(VisibleText.lines("a\u001b[2Jb\u009b1A\u007f\u0000\r\b"))
                .isEqualTo("a\\u001b[2Jb\\u009b1A\\u007f\\u0000\\u000d\\u0008");
        assertThat(VisibleText.lines("\u202egnp.exe\u2066\u200f\u2028"))
                .isEqualTo("\\u202egnp.exe\\u2066\\u200f\\u2028");
        assertThat(VisibleText.lines("\ud800x" + Character.toString(0xE0041))).isEqualTo("\\ud800x\\udb40\\udc41");
    }

    @Test
    void keepsAValueOnItsLine() {
        assertThat(VisibleText.line("a\nAll is well.\tb\r\n")).isEqualTo("a\\u000aAll is well.\\u0009b\\u000d\\u000a");
    }

    @Test
    void ofAllCharactersNoneIsLeftThatSteers() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .filter(c -> Character.getType(c) == Character.CONTROL
                        || c == 0x061C
                        || c == 0x200E
                        || c == 0x200F
                        || c >= 0x202A && c <= 0x202E
                        || c >= 0x2066 && c <= 0x2069)
                .forEach(
                        c -> assertThat(VisibleText.line(Character.toString(c))).matches("\\\\u[0-9a-f]{4}"));
    }
}

package dev.exeunt.spring.web.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.archive.Archives.ByteRange;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the ranges of RFC 9110, section 14. */
class RangeHeaderTest {

    private static final long SIZE = 10_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bytes=0-499         |    0 |   500
                    bytes=500-999       |  500 |   500
                    bytes=-500          | 9500 |   500
                    bytes=9500-         | 9500 |   500
                    bytes=0-0           |    0 |     1
                    bytes=-1            | 9999 |     1
                    bytes=9999-9999     | 9999 |     1
                    bytes=9999-         | 9999 |     1
                    bytes=0-            |    0 | 10000
                    bytes=0-9999        |    0 | 10000
                    bytes=0-10000       |    0 | 10000
                    bytes=-10000        |    0 | 10000
                    bytes=-10001        |    0 | 10000
                    BYTES=5-6           |    5 |     2
                    Bytes=0005-0006     |    5 |     2
                    bytes= 5-6          |    5 |     2
                    bytes=,5-6 , ,      |    5 |     2
                    bytes=9-99999999999999999999999999999 | 9 | 9991
                    bytes=-99999999999999999999999999999  | 0 | 10000
                    bytes=9-9223372036854775807           | 9 | 9991
                    """)
    void oneRangeIsTaken(String header, long first, long length) {
        assertThat(RangeHeader.wanted(header, SIZE)).contains(new ByteRange(first, length, SIZE, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=10000-",
                "bytes=10000-10001",
                "bytes=-0",
                "bytes=-000",
                "bytes=9223372036854775807-",
                "bytes=9223372036854775808-9223372036854775809",
                "bytes=99999999999999999999999999999-"
            })
    void beyondTheEndThereIsNothing(String header) {
        assertThat(RangeHeader.wanted(header, SIZE)).isEmpty();
        assertThat(RangeHeader.unsatisfied(SIZE)).isEqualTo("bytes */10000");
    }

    /** Ignored, as the RFC allows for what is invalid or several, and demands for other units. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=,",
                "bytes=a-b",
                "bytes=1",
                "bytes=--5",
                "bytes=5--6",
                "bytes=-5-6",
                "bytes=+5-6",
                "bytes=0x5-6",
                "bytes=1.0-2",
                "bytes=5 -6",
                "bytes=5- 6",
                "bytes=6-5",
                "bytes=99999999999999999999999999999-99999999999999999999999999998",
                "bytes=0-1,3-4",
                "bytes=0-,-1",
                "bytes=0-1, ,x",
                "bytes =0-1",
                " bytes=0-1",
                "lines=0-1",
                "bytes:0-1",
                "bytes=٣-٤",
                "bytes=0-1\r\nX: y",
                "bytes=0-1\n"
            })
    void anythingElseIsTheWhole(String header) {
        assertThat(RangeHeader.wanted(header, SIZE)).contains(ByteRange.whole(SIZE));
    }

    @Test
    void aHeaderThatIsNotThereOrEndlessIsTheWhole() {
        assertThat(RangeHeader.wanted(null, SIZE)).contains(ByteRange.whole(SIZE));
        assertThat(RangeHeader.wanted("bytes=0-" + "9".repeat(1_000_000), SIZE)).contains(ByteRange.whole(SIZE));
        assertThat(RangeHeader.wanted("bytes=" + ",".repeat(1_000_000), SIZE)).contains(ByteRange.whole(SIZE));
    }

    @Test
    void ofNothingThereIsNoPart() {
        assertThat(RangeHeader.wanted("bytes=0-", 0)).isEmpty();
        assertThat(RangeHeader.wanted("bytes=-5", 0)).contains(ByteRange.whole(0));
        assertThat(RangeHeader.wanted(null, 0)).contains(ByteRange.whole(0));
    }

    @Test
    void theAnswersHeaderCountsToTheLastByte() {
        assertThat(RangeHeader.wanted("bytes=-500", SIZE).map(ByteRange::contentRange))
                .contains("bytes 9500-9999/10000");
        assertThat(ByteRange.whole(SIZE).partial()).isFalse();
    }

    @Test
    void whateverIsSentTheAnswerLiesInside() {
        Random random = new Random(20);
        String alphabet = "bytes=-,0123456789 \t\u0000é";
        for (int n = 0; n < 100_000; n++) {
            StringBuilder header = new StringBuilder(random.nextBoolean() ? "bytes=" : "");
            for (int length = random.nextInt(30); length > 0; length--) {
                header.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            long size = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextLong(Long.MAX_VALUE);
            Optional<ByteRange> range = RangeHeader.wanted(header.toString(), size);
            range.ifPresent(r -> assertThat(r.first() + r.length())
                    .as("%s of %d", header, size)
                    .isBetween(r.length(), size));
        }
    }
}

package dev.exeunt.internal.export.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.export.bundle.FileListing.LeftOutReason;
import dev.exeunt.internal.export.bundle.FileListing.NamingColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PageFilesTest {

    private static final NamingColumn PHOTO = new NamingColumn("pets", "photo");

    private final FileListing listing = new FileListing();

    @Test
    void aListThatIsTooLongForOneScriptGoesOnInTheNext() {
        String value = "x".repeat(DataFile.LARGEST / 3);
        for (int i = 0; i < 5; i++) {
            listing.leaveOut(PHOTO, value + i, LeftOutReason.REFUSED);
        }
        Map<String, byte[]> files = new PageFiles(listing).files();
        assertThat(files.keySet())
                .containsExactly("data/files/pets-0001.js", "data/files/pets-0002.js", "data/files/pets-0003.js");
        assertThat(files.values()).allMatch(script -> script.length <= DataFile.LARGEST);
        assertThat(files.values()).extracting(PageFilesTest::entries).containsExactly(2, 2, 1);
    }

    @Test
    void aValueThatFitsNoScriptIsNotListed() {
        listing.leaveOut(PHOTO, "x".repeat(DataFile.LARGEST), LeftOutReason.REFUSED);
        listing.leaveOut(PHOTO, "é\"", LeftOutReason.MISSING);
        List<byte[]> scripts = new PageFiles(listing).lists("pets");
        assertThat(scripts).hasSize(1);
        assertThat(new String(scripts.get(0), StandardCharsets.UTF_8))
                .isEqualTo(
                        "exeuntFiles(\"pets\",1,[{\"column\":\"photo\",\"value\":\"é\\\"\",\"leftOut\":\"missing\"}]);\n");
    }

    @Test
    void onlyAColumnWithMoreValuesThanAreListedSaysSo() {
        listing.countUnlisted(PHOTO, 0);
        assertThat(new PageFiles(listing).hasUnlisted(PHOTO)).isFalse();
        listing.countUnlisted(PHOTO, 3);
        assertThat(new PageFiles(listing).hasUnlisted(PHOTO)).isTrue();
        assertThat(new PageFiles(listing).lists("pets")).isEmpty();
    }

    private static int entries(byte[] script) {
        String text = new String(script, StandardCharsets.UTF_8);
        JsonNode list = JsonMapper.shared().readTree(text.substring(text.indexOf('['), text.lastIndexOf(']') + 1));
        return list.size();
    }
}

package dev.exeunt.internal.map.yaml;

import dev.exeunt.ExeuntException;
import dev.exeunt.map.Finding.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads a map file's text and reports it if it is unreadable, too large, not UTF-8 or not printable. */
public final class MapSourceReader {

    /** Far above any map, far below what would trouble a build machine. */
    public static final int MAX_BYTES = 5 * 1024 * 1024;

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final FaultCollector faults;

    public MapSourceReader(FaultCollector faults) {
        this.faults = faults;
    }

    /** The file's text, or null after a fault. */
    @Nullable
    public String of(Path file) {
        if (Files.isDirectory(file)) {
            faults.malformed(faults.start(), file + " is a directory.", "Name the map's file, e.g. exeunt.yaml.");
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return fits(bytes.length) ? decoded(bytes) : null;
        } catch (NoSuchFileException e) {
            throw new ExeuntException(file + " does not exist. Draft one with: exeunt init --subject TABLE", e);
        } catch (IOException e) {
            faults.malformed(
                    faults.start(),
                    file + " cannot be read (" + e.getClass().getSimpleName() + ").",
                    "Let the user who runs exeunt read the file.");
            return null;
        }
    }

    /** The text itself, or null after a fault. */
    @Nullable
    public String of(String text) {
        if (!fits(text.length())) {
            return null;
        }
        String map = text.substring(markLength(text));
        return printable(map) ? map : null;
    }

    /** 1 where the text begins with a byte order mark, else 0. */
    static int markLength(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    }

    private boolean fits(int length) {
        if (length > MAX_BYTES) {
            faults.malformed(
                    faults.start(),
                    "The file is larger than 5 MB, and a data map is not.",
                    "Name the map's file, e.g. exeunt.yaml.");
        }
        return length <= MAX_BYTES;
    }

    private @Nullable String decoded(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            faults.malformed(
                    endOf(text),
                    "The file is not UTF-8: it holds the byte " + String.format("0x%02X", in.get() & 0xFF) + ".",
                    "Save the file as UTF-8.");
            return null;
        }
        return of(text);
    }

    private boolean printable(String text) {
        for (int i = 0, codePoint; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (!StreamReader.isPrintable(codePoint)) {
                faults.malformed(
                        endOf(text.substring(0, i)),
                        "The file holds the character " + String.format("U+%04X", codePoint)
                                + ", which YAML does not allow.",
                        "Take the character out, or write it as an escape between double quotes.");
                return false;
            }
        }
        return true;
    }

    private Position endOf(String text) {
        int lineStart = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
        int line = 1
                + (int) text.replace("\r\n", "\n")
                        .chars()
                        .filter(c -> c == '\n' || c == '\r')
                        .count();
        return faults.at(line, text.codePointCount(lineStart, text.length()) + 1);
    }
}

package dev.exeunt.internal.export.media;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells by the first bytes of a file whether it is a picture that each browser shows. Its name tells nothing. */
enum PictureType {
    PNG("image/png", "\u0089PNG\r\n\u001a\n"),
    JPEG("image/jpeg", "\u00ff\u00d8\u00ff"),
    GIF("image/gif", "GIF8[79]a"),
    WEBP("image/webp", "RIFF....WEBP");

    /** How many bytes tell it. */
    static final int LONGEST = 12;

    private final String type;

    /** Each character is a byte. */
    private final Pattern beginning;

    PictureType(String type, String beginning) {
        this.type = type;
        this.beginning = Pattern.compile(beginning, Pattern.DOTALL);
    }

    /** Returns the media type of a file that begins so; null where it is no such picture. */
    static @Nullable String of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return Stream.of(values())
                .filter(kind -> kind.beginning.matcher(text).lookingAt())
                .map(kind -> kind.type)
                .findFirst()
                .orElse(null);
    }
}

package dev.exeunt.testkit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Draws small pictures that a browser can show. */
public final class TestPicture {

    private TestPicture() {}

    /** Returns a PNG of that size in pixels. */
    public static byte[] png(int width, int height) {
        return of("png", width, height);
    }

    /** Returns a JPEG of that size in pixels. */
    public static byte[] jpeg(int width, int height) {
        return of("jpeg", width, height);
    }

    private static byte[] of(String format, int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.ORANGE);
        pen.fillOval(0, 0, width, height);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, bytes)) {
                throw new IllegalStateException("Java cannot write " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

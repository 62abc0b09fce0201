package dev.exeunt.spring.web.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.HttpHeaders;

/**
 * Holds a file of the page, as it is and compressed. Each version of the program may serve other files under the same name, so browsers
 * ask whether theirs is current (RFC 9111, {@code no-cache}).
 */
final class PageFile {

    private final String type;
    private final byte[] plain;
    private final byte[] compressed;
    private final String etag;

    private PageFile(byte[] plain, String type) throws IOException {
        this.type = type + ";charset=UTF-8";
        this.plain = plain;
        this.compressed = compress(plain);
        this.etag = "\"" + Integer.toHexString(Arrays.hashCode(plain)) + '-' + plain.length + "\"";
    }

    /** @param resource an absolute path of the class path */
    static PageFile of(String resource, String type) {
        return of(resource, type, UnaryOperator.identity());
    }

    /** @param change what this server has otherwise */
    static PageFile of(String resource, String type, UnaryOperator<String> change) {
        try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the program");
            }
            String text = change.apply(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return new PageFile(text.getBytes(StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return new String(plain, StandardCharsets.UTF_8);
    }

    void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        response.setHeader(HttpHeaders.ETAG, etag);
        if (etag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] bytes = plain;
        if (takesGzip(request)) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            bytes = compressed;
        }
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static boolean takesGzip(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null
                && Stream.of(accepted.split(",")).map(String::strip).anyMatch("gzip"::equalsIgnoreCase);
    }

    private static byte[] compress(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}

package dev.exeunt.spring.web;

import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.signin.Door;
import dev.exeunt.spring.signin.Door.Who;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What there is to call, for programs: OpenAPI 3.1. Written by hand, and held to the running server by a test. */
@RestController
final class DocumentCalls implements Calls {

    private final byte[] document;

    DocumentCalls(Settings settings) {
        this.document = text().replace("{account}", settings.path())
                .replace("{gate}", settings.gate().path())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String text() {
        try (InputStream in = DocumentCalls.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GetMapping("/openapi.json")
    @Door(Who.ANYONE)
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }
}

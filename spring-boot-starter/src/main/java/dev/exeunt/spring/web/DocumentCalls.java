package dev.exeunt.spring.web;

import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.signin.Door;
import dev.exeunt.spring.signin.Door.Who;
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
        this.document = new String(Resource.bytes("openapi.json"), StandardCharsets.UTF_8)
                .replace("{account}", settings.path())
                .replace("{gate}", settings.gate().path())
                .getBytes(StandardCharsets.UTF_8);
    }

    @GetMapping("/openapi.json")
    @Door(Who.ANYONE)
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }
}

package dev.exeunt.spring.web;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.ResourceFile;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the OpenAPI document of the calls. It is written by hand; a test compares it with the running server. */
@RestController
final class OpenApiController implements ExeuntController {

    private final byte[] document;

    OpenApiController(ExeuntSettings settings) {
        this.document = new String(ResourceFile.bytes(OpenApiController.class, "openapi.json"), StandardCharsets.UTF_8)
                .replace("{account}", settings.path())
                .replace("{gate}", settings.gate().path())
                .getBytes(StandardCharsets.UTF_8);
    }

    @GetMapping("/openapi.json")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }
}

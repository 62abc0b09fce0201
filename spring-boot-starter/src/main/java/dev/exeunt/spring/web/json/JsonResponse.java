package dev.exeunt.spring.web.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Builds JSON responses without the application's message converters. */
public final class JsonResponse {

    private JsonResponse() {}

    public static ResponseEntity<byte[]> ok(Map<String, @Nullable Object> object) {
        return of(200, object);
    }

    public static ResponseEntity<byte[]> of(int status, Map<String, @Nullable Object> object) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(HttpJson.bytes(object));
    }
}

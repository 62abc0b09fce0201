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

    /** @param fresh whether it was not there before: it is taken up, and not done yet */
    static ResponseEntity<byte[]> accepted(boolean fresh, Map<String, @Nullable Object> object) {
        return of(fresh ? 202 : 200, object);
    }

    public static ResponseEntity<byte[]> of(int status, Map<String, @Nullable Object> object) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(HttpJson.bytes(object));
    }
}

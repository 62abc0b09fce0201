package dev.exeunt.spring.web.page;

import dev.exeunt.Exeunt;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.web.call.ExeuntController;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes the keys by which the signature of a receipt is checked (RFC 7517). */
@RestController
public final class ReceiptKeysController implements ExeuntController {

    private static final MediaType KEY_SET = MediaType.parseMediaType("application/jwk-set+json");

    private final byte[] keys;

    public ReceiptKeysController(Exeunt exeunt) {
        this.keys = exeunt.receiptKeys().toJson().getBytes(StandardCharsets.UTF_8);
    }

    @GetMapping("/receipt-keys")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<byte[]> keys() {
        return ResponseEntity.ok().contentType(KEY_SET).body(keys);
    }
}

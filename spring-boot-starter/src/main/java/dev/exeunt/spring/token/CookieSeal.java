package dev.exeunt.spring.token;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.exeunt.HashKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;

/**
 * Encrypts what a browser keeps for us, so that neither the person nor a program beside the browser can read or change it (RFC 7516,
 * with AES-256-GCM). The key is derived from {@code exeunt.key}, one for each purpose.
 */
public final class CookieSeal {

    private static final EncryptionMethod METHOD = EncryptionMethod.A256GCM;

    private final byte[] key;
    private final Clock clock;

    /** @param purpose a constant of the program: what is sealed for one purpose cannot be opened for another */
    public CookieSeal(HashKey key, String purpose, Clock clock) {
        this.key = key.sign("sealed cookies", purpose.getBytes(StandardCharsets.UTF_8));
        this.clock = clock;
    }

    /** @param claims with {@code exp} */
    public String seal(JWTClaimsSet claims) {
        try {
            EncryptedJWT jwt = new EncryptedJWT(new JWEHeader(JWEAlgorithm.DIR, METHOD), claims);
            jwt.encrypt(new DirectEncrypter(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** Returns what was sealed; empty where it is not of our making, was changed, or is over. */
    public Optional<JWTClaimsSet> open(String text) {
        try {
            EncryptedJWT jwt = EncryptedJWT.parse(text);
            if (!METHOD.equals(jwt.getHeader().getEncryptionMethod())) {
                return Optional.empty();
            }
            jwt.decrypt(new DirectDecrypter(key));
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Date until = claims.getExpirationTime();
            return until != null && clock.instant().isBefore(until.toInstant())
                    ? Optional.of(claims)
                    : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty(); // the same answer to every text that is not of our making
        }
    }
}

package dev.exeunt.spring.settings;

import dev.exeunt.map.TimeSpan;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says how people get messages by e-mail.
 *
 * @param user the name to sign in with at the mail server; null where it asks for none
 * @param from the sender, such as {@code Shop <privacy@shop.example>}
 * @param baseUrl the public address of the calls and the account page, without a slash at its end
 * @param column the subject's column with the address; null for the map's only identifier that is named like an e-mail address
 * @param languageColumn the subject's column with the language; null where there is none
 * @param reminder how long before the erasure the reminder goes out
 * @param texts the directory with texts that replace the usual ones; null where there is none
 */
public record MailSettings(
        String host,
        int port,
        Encryption encryption,
        @Nullable String user,
        @Nullable SecretValue password,
        String from,
        URI baseUrl,
        @Nullable String column,
        @Nullable String languageColumn,
        TimeSpan reminder,
        @Nullable Path texts) {

    /** How the connection to the mail server is protected, with the port that is usual for it. */
    public enum Encryption {
        /** the connection begins in the clear and must become TLS before anything else is said */
        STARTTLS(587),
        /** TLS from the first byte */
        TLS(465),
        /** in the clear */
        NONE(25);

        private final int port;

        Encryption(int port) {
            this.port = port;
        }

        int port() {
            return port;
        }
    }
}

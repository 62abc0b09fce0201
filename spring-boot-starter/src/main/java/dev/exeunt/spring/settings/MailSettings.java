package dev.exeunt.spring.settings;

import dev.exeunt.map.ExportSettings.RateLimit;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param link how people get one-time links; null where they get none
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
        @Nullable Path texts,
        @Nullable OneTimeLinkSettings link) {

    /**
     * Says how people who cannot sign in any more get one-time links.
     *
     * @param valid how long a link works, in whole minutes
     * @param ofPerson how many links a person is sent at most
     * @param ofClient how many calls of one network address are taken at most
     * @param inAll how many calls are taken at most, from wherever they come
     * @param countsAsSignIn whether the use of a link counts as a sign-in at that moment; if not, as one long ago
     */
    public record OneTimeLinkSettings(
            Duration valid, RateLimit ofPerson, RateLimit ofClient, RateLimit inAll, boolean countsAsSignIn) {}

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

        public int port() {
            return port;
        }
    }
}

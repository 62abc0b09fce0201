package dev.exeunt.spring.token;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.MailSettings;
import dev.exeunt.support.message.OneTimeLinks;
import dev.exeunt.support.message.OpenedLink;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads and verifies the secret of a one-time link, which was sent to a person's address on record. */
public final class OneTimeLinkVerifier {

    private static final String LINK = "a one-time link";

    private final @Nullable OneTimeLinks links;
    private final boolean countsAsSignIn;
    private final Clock clock;

    /** @param links null where there are none */
    public OneTimeLinkVerifier(@Nullable OneTimeLinks links, ExeuntSettings settings, Clock clock) {
        MailSettings mail = settings.mail();
        this.links = links;
        this.countsAsSignIn = mail != null
                && mail.link() != null
                && Objects.requireNonNull(mail.link()).countsAsSignIn();
        this.clock = clock;
    }

    /** Whether a text may be of such a link. A token that the application has signed has dots. */
    public static boolean mayBe(String token) {
        return token.indexOf('.') < 0;
    }

    /** @throws NotSignedInException where the text is no link, has expired, or is followed by a newer one */
    public OpenedLink read(String token) {
        if (links == null) {
            throw NotSignedInException.other(LINK, "exeunt.link.enabled is not true");
        }
        return links.open(token)
                .orElseThrow(
                        () -> NotSignedInException.other(
                                LINK,
                                "it is not of our making, has expired, is followed by a newer one, or went to a former address"));
    }

    /** Returns when the person of a link that is used now signed in. A link that counts for nothing is a sign-in long ago. */
    public Instant signedInAt() {
        return countsAsSignIn ? clock.instant() : Instant.EPOCH;
    }
}

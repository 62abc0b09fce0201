package dev.exeunt.spring.signin;

import dev.exeunt.UnknownSubjectException;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.GateDecision;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.token.ClaimMissingException;
import dev.exeunt.spring.token.ClaimPath;
import dev.exeunt.spring.token.NotSignedInException;
import dev.exeunt.spring.token.TokenReader;
import dev.exeunt.spring.token.TokenReader.VerifiedToken;
import dev.exeunt.support.message.OpenedLink;
import java.time.Instant;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resolves a verified token or session to the calling person or staff. */
public final class CallerResolver {

    private static final Pattern KEY = Pattern.compile("[^\\p{Cntrl}]{1,500}");

    private static final String PEOPLE_SETTING = "exeunt.jwt.subject-claim";

    /** The claim of a hand-off link. The application makes the link itself, whatever claims its provider uses. */
    private static final String LINK_CLAIM = "sub";

    private final TokenReader reader;
    private final AccountRequests requests;
    private final ExeuntSettings settings;
    private final DataMap map;

    public CallerResolver(TokenReader reader, AccountRequests requests, ExeuntSettings settings, DataMap map) {
        this.reader = reader;
        this.requests = requests;
        this.settings = settings;
        this.map = map;
    }

    /**
     * @throws NotSignedInException where the token is not valid, or its person is erased
     * @throws ClaimMissingException where it has no claim with the key of its person
     */
    Caller person(String token) {
        return signedIn(reader.read(token));
    }

    /** Resolves a hand-off link. Its person signed in when the link was issued, unless the link says when. */
    Caller handedOver(VerifiedToken link) {
        Instant signedInAt = link.signedInAt() == null ? link.issued() : link.signedInAt();
        if (link.claims().get(LINK_CLAIM) == null) {
            throw NotSignedInException.other("a link", "it has no " + LINK_CLAIM);
        }
        return person(key(link, LINK_CLAIM, "exeunt.hand-off.secret"), signedInAt, link.issued());
    }

    /**
     * Resolves a verified token of a person, such as the ID token of a sign-in on the page.
     *
     * @throws NotSignedInException where the token's person is not in the subject's table, or was erased since it was issued
     * @throws ClaimMissingException where it has no claim with the key of its person
     */
    Caller signedIn(VerifiedToken token) {
        String key = key(token, settings.jwt().subjectClaim(), PEOPLE_SETTING);
        return person(key, token.signedInAt(), token.issued());
    }

    /**
     * Resolves a one-time link that was sent to the person's address on record.
     *
     * @param signedInAt when the use of the link counts as a sign-in
     */
    Caller sentLink(OpenedLink link, Instant signedInAt) {
        if (!isKey(link.key())) {
            throw NotSignedInException.other(
                    "a one-time link", "its person has a key that would be looked up as an identifier");
        }
        return person(link.key(), signedInAt, link.madeAt());
    }

    /** Resolves a session. A person in a session is never staff. */
    Caller person(BrowserSessions.BrowserSession session) {
        return person(session.key(), session.signedInAt(), session.from());
    }

    /**
     * Resolves a person by a proof of our own making.
     *
     * @param from when the application or the provider said who it is: the person must not have been erased since
     */
    Caller person(String key, @Nullable Instant signedInAt, Instant from) {
        return new Caller(key, signedInAt, false, gate(key, from));
    }

    /**
     * Resolves the token of staff. Staff who are people of the data map must not be erased either. {@link Caller#away()} tells whether
     * their account is blocked or deactivated.
     *
     * @throws NotSignedInException where the token is not valid, or its person is erased
     * @throws ClaimMissingException where it does not make its owner staff, or has no name for the records
     */
    Caller staff(String token) {
        VerifiedToken good = reader.read(token);
        requireStaff(good);
        ExeuntSettings.StaffSettings admin = settings.admin();
        String people = settings.jwt().subjectClaim();
        GateDecision.GateState gate = admin.outside() ? null : gate(key(good, people, PEOPLE_SETTING), good.issued());
        String own = admin.subjectClaim();
        String name = own == null ? key(good, people, PEOPLE_SETTING) : key(good, own, "exeunt.admin.subject-claim");
        return new Caller(name, good.signedInAt(), true, gate);
    }

    private void requireStaff(VerifiedToken token) {
        String claim = settings.admin().claim();
        if (claim == null) {
            throw ClaimMissingException.noStaff();
        }
        if (!isStaff(token)) {
            throw ClaimMissingException.staff(claim, settings.admin().value());
        }
    }

    /** Returns the person's key. Refuses a key such as {@code email:…}, which would be looked up as an e-mail address. */
    private String key(VerifiedToken token, String path, String setting) {
        Object claim = ClaimPath.find(token.claims(), path);
        if (claim == null) {
            throw ClaimMissingException.subject(path, setting);
        }
        String key = claim instanceof String || claim instanceof Number ? String.valueOf(claim) : "";
        if (!isKey(key)) {
            throw NotSignedInException.token("its claim " + path + " is no key that a person may have");
        }
        return key;
    }

    private boolean isKey(String key) {
        boolean identifier = map.identifiers().stream().anyMatch(i -> key.startsWith(i + ":"));
        return KEY.matcher(key).matches() && !key.isBlank() && !identifier;
    }

    private GateDecision.GateState gate(String key, Instant from) {
        try {
            GateDecision gate = requests.gateForSignIn(key, from)
                    .orElseThrow(() -> NotSignedInException.token(
                            "its key is not written as the row of the subject's table has it, such as 01001 for 1001"));
            if (gate.state() == GateDecision.GateState.ERASED) {
                throw NotSignedInException.token(
                        "its person is not in the subject's table, or was erased since it was issued");
            }
            return gate.state();
        } catch (UnknownSubjectException e) {
            throw NotSignedInException.token("its person is not in the subject's table");
        }
    }

    private boolean isStaff(VerifiedToken token) {
        String path = settings.admin().claim();
        Object claim = path == null ? null : ClaimPath.find(token.claims(), path);
        String value = settings.admin().value();
        return claim instanceof Collection<?> several
                ? several.stream().anyMatch(v -> value.equals(String.valueOf(v)))
                : claim != null && value.equals(String.valueOf(claim));
    }
}

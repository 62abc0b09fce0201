package dev.exeunt.spring.provider;

import dev.exeunt.spring.settings.ExeuntSettings;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Watches the identity provider. Reads its keys at the start, so that a wrong or absent issuer is reported then, and tries again
 * until it has keys. Does nothing where tokens are verified by a shared secret or by the application.
 */
public final class IdentityProvider implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityProvider.class);
    private static final long PAUSE_SECONDS = 10;

    /** Before the web server listens. */
    private static final int PHASE = 0;

    private final ExeuntSettings settings;
    private final @Nullable PublishedKeys keys;
    private volatile SignInTime signInTime = SignInTime.UNKNOWN;
    private @Nullable ScheduledExecutorService watch;

    public IdentityProvider(ExeuntSettings settings) {
        this.settings = settings;
        this.keys = settings.jwt().published() ? PublishedKeys.of(settings.jwt(), IdentityProvider::told) : null;
    }

    /** Says whether tokens have an {@code auth_time}, by the last token that needed one. */
    public enum SignInTime {
        /** no token has needed it yet */
        UNKNOWN,
        TOLD,
        MISSING;

        /** {@code unknown} */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static void told(@Nullable String fault) {
        if (fault == null) {
            LOG.info("The identity provider's keys are read.");
        } else {
            LOG.warn("The identity provider's keys cannot be read: {}", fault);
        }
    }

    @Nullable
    public PublishedKeys keys() {
        return keys;
    }

    /** Whether tokens can be verified. */
    public boolean usable() {
        return keys == null || keys.usable();
    }

    /** Returns what went wrong when the keys were last read. Keys read before may still be usable. */
    public Optional<String> fault() {
        return keys == null ? Optional.empty() : Optional.ofNullable(keys.lastFault());
    }

    public SignInTime signInTime() {
        return signInTime;
    }

    /** Records whether a token had an {@code auth_time}. Warns the operator when tokens begin to lack it. */
    public void signInTime(boolean told) {
        SignInTime before = signInTime;
        signInTime = told ? SignInTime.TOLD : SignInTime.MISSING;
        if (before != signInTime && !told && settings.recentSignIn().asksForTyping()) {
            LOG.warn(
                    "A token has no auth_time: it does not tell when its person signed in. Flows, and exports that staff ask for,"
                            + " need a typed confirmation (confirm) with such tokens; downloads need no recent sign-in.");
        }
    }

    @Override
    public synchronized void start() {
        if (settings.jwt().insecureIssuer()) {
            LOG.warn(
                    "exeunt.jwt.insecure-issuer is true: an attacker on the way to the identity provider can replace its keys.");
        }
        if (settings.recentSignIn().asksForTyping()) {
            LOG.info(
                    "exeunt.recent-sign-in is auto: by the auth_time of their token, callers must have signed in within 10 minutes"
                            + " for flows and for exports that staff ask for, and within 60 for downloads. Where a token has no auth_time,"
                            + " flows and exports that staff ask for need a typed confirmation (confirm) instead.");
        }
        watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread daemon = new Thread(work, "exeunt-identity-provider");
            daemon.setDaemon(true);
            return daemon;
        });
        if (keys != null && !keys.check()) {
            watch.scheduleWithFixedDelay(this::again, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void again() {
        PublishedKeys published = keys;
        if (published != null && !published.usable()) {
            published.check();
        }
    }

    @Override
    public synchronized void stop() {
        if (watch != null) {
            watch.shutdownNow();
            watch = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return watch != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

package dev.exeunt.spring.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long ago the caller may have signed in ({@code auth_time}).
 *
 * @param flows for the three flows, {@code retry}, and exports that staff ask for; null for however long
 * @param downloads for fetching an export, and for data handed over at once; null for however long
 * @param required whether a token without {@code auth_time} is refused; if not, the flow has to be confirmed by typing
 */
public record RecentSignIn(
        @Nullable Duration flows, @Nullable Duration downloads, boolean required) {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Ten minutes, and an hour, for tokens that tell; a typed confirmation for those that do not. */
    public static final RecentSignIn AUTO = new RecentSignIn(Duration.ofMinutes(10), HOUR, false);

    /** The caller may have signed in at any time. */
    public static final RecentSignIn OFF = new RecentSignIn(null, null, false);

    /** As the operator has set it. Downloads never get less time than by {@link #AUTO}. */
    public static RecentSignIn within(Duration flows) {
        return new RecentSignIn(flows, flows.compareTo(HOUR) > 0 ? flows : HOUR, true);
    }

    /** Whether what a token does not tell is made up for by typing. */
    public boolean asksForTyping() {
        return flows != null && !required;
    }
}

package dev.exeunt.spring.settings;

import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.Span;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the operator has set, seen to be valid. Where a part is null nobody set it.
 *
 * @param map the data map's file
 * @param path under which the calls are, such as {@code /account}
 * @param archiveDirectory where exports lie; null where they lie elsewhere
 * @param recentSignIn how long ago the caller may have signed in
 * @param sessionCookie the application's, cleared when somebody leaves
 * @param handOffSecret that the application signs links with, by which it hands people over; null where it does not
 */
public record Settings(
        Path map,
        String path,
        DatabaseSettings database,
        Secret key,
        @Nullable Path archiveDirectory,
        Export export,
        Work work,
        Jwt jwt,
        Admin admin,
        Gate gate,
        RecentSignIn recentSignIn,
        @Nullable String sessionCookie,
        Page page,
        @Nullable Secret handOffSecret) {

    /** A value that is never shown. */
    public record Secret(String value) {
        @Override
        public String toString() {
            return "Secret[hidden]";
        }
    }

    /**
     * @param connections at most, for requests and workers together
     * @param migrate whether the product's own tables are brought up to date at the start
     */
    public record DatabaseSettings(
            Secret url, @Nullable String user, @Nullable Secret password, int connections, boolean migrate) {}

    /**
     * Each wins over the map's.
     *
     * @param directRows up to how many rows of a person's are handed over while they are read
     */
    public record Export(
            @Nullable Span keep, @Nullable Span link, ExportSettings.@Nullable Limit limit, long directRows) {

        /** The map's, but for what is set here. */
        public ExportSettings over(ExportSettings map) {
            return new ExportSettings(
                    map.name(),
                    map.schema(),
                    map.format(),
                    limit == null ? map.limit() : limit,
                    link == null ? map.link() : link,
                    keep == null ? map.keep() : keep);
        }
    }

    /** @param enabled whether this instance works in the background, or only answers */
    public record Work(boolean enabled, int threads) {}

    /**
     * How browsers reach the page of people who came by a link.
     *
     * @param scheme {@code https} or {@code http}; null where each request tells
     * @param wholeHost whether the page's cookie is sent to every path of the host
     */
    public record Page(@Nullable String scheme, boolean wholeHost) {}

    /**
     * By what a token is known to be good. The application's own decoder says so where issuer, jwksUri and secret are null.
     *
     * @param issuer what {@code iss} has to be; with neither jwksUri nor secret an address whose metadata tell the keys
     * @param audiences one of which a token must be for; empty where each is good
     * @param subjectClaim the path to the claim that holds the person's key
     * @param insecureIssuer whether keys may be read over plain HTTP from other machines
     */
    public record Jwt(
            @Nullable String issuer,
            @Nullable URI jwksUri,
            @Nullable Secret secret,
            List<String> audiences,
            String subjectClaim,
            boolean insecureIssuer) {
        public Jwt {
            audiences = List.copyOf(audiences);
        }

        public boolean given() {
            return issuer != null || jwksUri != null || secret != null;
        }

        /** Whether an identity provider publishes the keys. */
        public boolean published() {
            return given() && secret == null;
        }
    }

    /**
     * @param claim the path to the claim that makes the caller staff; null where there is no staff
     * @param value that it has, or has among others
     * @param subjectClaim the path to the claim that names staff in the records; null for that of the people
     * @param outside whether staff are no people of the data map themselves
     */
    public record Admin(
            @Nullable String claim, String value, @Nullable String subjectClaim, boolean outside) {}

    /** @param tokens SHA-256 of each credential of the application's own */
    public record Gate(String path, List<byte[]> tokens) {
        public Gate {
            tokens = List.copyOf(tokens);
        }
    }
}

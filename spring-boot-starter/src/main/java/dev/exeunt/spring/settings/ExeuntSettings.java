package dev.exeunt.spring.settings;

import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.TimeSpan;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds all validated settings of the operator. A part is null where the operator has not set it.
 *
 * @param map the data map's file
 * @param path the path of the calls, such as {@code /account}
 * @param formerKeys those before the key, by which records are found
 * @param archiveDirectory the directory of the exports; null where another store keeps them
 * @param ledger where the copy of the ledger is
 * @param recentSignIn how long ago the caller may have signed in
 * @param sessionCookie the name of the application's session cookie, cleared when a person leaves
 * @param testGrace the grace period of every flow that has one, in place of the map's; null outside tests
 * @param handOffSecret the secret that the application signs hand-off links with; null where it makes none
 * @param mail how people get messages; null where they get none
 * @param signIn how the page signs people in itself; null where only links of the application do
 */
public record ExeuntSettings(
        Path map,
        String path,
        DatabaseSettings database,
        SecretValue key,
        List<SecretValue> formerKeys,
        @Nullable Path archiveDirectory,
        LedgerSettings ledger,
        ExportOverrides export,
        BackgroundSettings work,
        JwtSettings jwt,
        StaffSettings admin,
        GateSettings gate,
        RecentSignIn recentSignIn,
        @Nullable String sessionCookie,
        PageSettings page,
        @Nullable TimeSpan testGrace,
        @Nullable SecretValue handOffSecret,
        @Nullable MailSettings mail,
        @Nullable SignInSettings signIn) {

    public ExeuntSettings {
        formerKeys = List.copyOf(formerKeys);
    }

    /** Holds a value that toString() never shows. */
    public record SecretValue(String value) {
        @Override
        public String toString() {
            return "SecretValue[hidden]";
        }
    }

    /**
     * @param connections how many connections at most, for requests and workers together
     * @param migrate whether the product's own tables are brought up to date at the start
     */
    public record DatabaseSettings(
            SecretValue url,
            @Nullable String user,
            @Nullable SecretValue password,
            int connections,
            boolean migrate) {}

    /**
     * Says where the copy of the ledger outside the database is: in one of the three, or nowhere.
     *
     * @param file null unless it is a file
     * @param receiver null unless it is at an address
     * @param bucket null unless it is in a bucket
     * @param pass whether requests and erasures go on while the copy cannot be reached
     */
    public record LedgerSettings(
            @Nullable Path file,
            @Nullable LedgerAddress receiver,
            @Nullable LedgerBucket bucket,
            boolean pass) {}

    /**
     * Where a receiver takes the ledger over HTTP.
     *
     * @param token null where it wants none
     */
    public record LedgerAddress(URI address, @Nullable SecretValue token) {}

    /**
     * Where in an object store the ledger is.
     *
     * @param prefix empty for none
     * @param lockDays how long each object is locked; 0 where that is left to the bucket
     * @param compliance whether no account at all may delete a locked object
     */
    public record LedgerBucket(String name, String prefix, int lockDays, boolean compliance) {}

    /**
     * Holds the operator's export settings, which override the map's.
     *
     * @param directRows how many rows a person may have at most to get their data streamed
     * @param files how much of the files that rows name an export takes along
     */
    public record ExportOverrides(
            @Nullable TimeSpan keep,
            @Nullable TimeSpan link,
            ExportSettings.@Nullable RateLimit limit,
            long directRows,
            ExportedFiles files) {

        /** Returns the map's settings, replaced where a setting is given here. */
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

    /**
     * Limits the files that rows name, in one export.
     *
     * @param most how many
     * @param megabytesEach the size of the largest
     * @param megabytesInAll of all of them together
     */
    public record ExportedFiles(int most, long megabytesEach, long megabytesInAll) {}

    /**
     * Says whether this instance works in the background, and with how many threads.
     *
     * @param enabled whether this instance works in the background, or only answers calls
     */
    public record BackgroundSettings(boolean enabled, int threads) {}

    /**
     * How browsers reach the page for people, and which pages of other hosts may embed its elements.
     *
     * @param scheme {@code https} or {@code http}; null where each request tells
     * @param wholeHost whether the page's cookie is sent to every path of the host
     * @param embedOrigins the origins of other hosts whose pages may call with a person's token, such as {@code https://app.example.org}
     * @param texts a directory with texts of the operator; null where ours are shown
     */
    public record PageSettings(
            @Nullable String scheme,
            boolean wholeHost,
            List<String> embedOrigins,
            @Nullable Path texts) {
        public PageSettings {
            embedOrigins = List.copyOf(embedOrigins);
        }
    }

    /**
     * Holds the settings by which bearer tokens are verified. The application's own decoder says so where issuer,
     * jwksUri and secret are null.
     *
     * @param issuer what {@code iss} has to be; with neither jwksUri nor secret an address whose metadata tell the keys
     * @param audiences one of which a token must be for; empty where each is good
     * @param subjectClaim the path to the claim that holds the person's key
     * @param insecureIssuer whether keys may be read over plain HTTP from other machines
     */
    public record JwtSettings(
            @Nullable String issuer,
            @Nullable URI jwksUri,
            @Nullable SecretValue secret,
            List<String> audiences,
            String subjectClaim,
            boolean insecureIssuer) {
        public JwtSettings {
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
     * Holds the settings by which the page signs people in with OpenID Connect.
     *
     * @param issuer the provider; its metadata tell where people sign in and where codes are exchanged
     * @param clientId the name that the provider knows this server by
     * @param clientSecret null for a public client, which proves itself by PKCE alone
     * @param scopes what the page asks the provider for; {@code openid} is among them
     * @param baseUrl the public address of the calls and the page, without a slash at its end
     */
    public record SignInSettings(
            URI issuer, String clientId, @Nullable SecretValue clientSecret, List<String> scopes, URI baseUrl) {
        public SignInSettings {
            scopes = List.copyOf(scopes);
        }

        /** The address that the provider sends people back to. It never depends on what a request says. */
        public URI redirectUri() {
            return URI.create(baseUrl + "/sign-in/callback");
        }
    }

    /**
     * Names the token claim that marks staff, and whether staff are outside the data map.
     *
     * @param claim the path to the claim that makes the caller staff; null where there is no staff
     * @param value that it has, or has among others
     * @param subjectClaim the path to the claim that names staff in the records; null for that of the people
     * @param outside whether staff are no people of the data map themselves
     */
    public record StaffSettings(
            @Nullable String claim, String value, @Nullable String subjectClaim, boolean outside) {}

    /**
     * Holds the path of the gate and the hashes of the application's credentials.
     *
     * @param tokens SHA-256 of each credential of the application's own
     */
    public record GateSettings(String path, List<byte[]> tokens) {
        public GateSettings {
            tokens = List.copyOf(tokens);
        }
    }
}

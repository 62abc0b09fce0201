package dev.exeunt.spring.settings.read;

import dev.exeunt.HashKey;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.spring.settings.CredentialHash;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import dev.exeunt.spring.settings.RecentSignIn;
import dev.exeunt.spring.settings.WebAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses the text of a setting. Each method returns null after it has added a fault. */
final class ValueParser {

    private static final int LEAST_SECRET = 32;
    private static final String GRACE = "[0-9]{1,5}[hd]";
    private static final String SPAN = "[1-9][0-9]{0,4}[hd]";
    private static final String DURATION = "[1-9][0-9]{0,4}[mh]";

    /** Health, metrics, and the container's page for errors. */
    private static final Pattern TAKEN = Pattern.compile("/(health|prometheus|actuator|error)(/|$)");

    private final SettingValues values;

    ValueParser(SettingValues values) {
        this.values = values;
    }

    @Nullable
    String path(ConfiguredValue given) {
        String path = given.value();
        if (!path.matches("(/[A-Za-z0-9._~-]+)+") || path.matches(".*/\\.{1,2}(/.*)?")) {
            return values.fault(given, "write a path as /account or /api/account, without a slash at its end.");
        }
        return TAKEN.matcher(path).lookingAt()
                ? values.fault(given, "the server itself answers there. Write another path: /account, /api/account.")
                : path;
    }

    @Nullable
    SecretValue key(ConfiguredValue given) {
        HashKey.ofHex(given.value());
        return strong(given);
    }

    /** Keys with commas between them. A weak one was weak when it was used: it is taken. */
    List<SecretValue> keys(ConfiguredValue given) {
        return Stream.of(given.value().split(","))
                .map(String::strip)
                .map(ValueParser::valid)
                .toList();
    }

    private static SecretValue valid(String hex) {
        HashKey.ofHex(hex);
        return new SecretValue(hex);
    }

    @Nullable
    Boolean yesOrNo(ConfiguredValue given) {
        return switch (given.value()) {
            case "true" -> true;
            case "false" -> false;
            default -> values.fault(given, "write true or false.");
        };
    }

    @Nullable
    Integer number(ConfiguredValue given, int least, int most) {
        try {
            int number = Integer.parseInt(given.value());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with what would be valid
        }
        return values.fault(given, "write a whole number from " + least + " to " + most + ".");
    }

    /** A span that may be zero: due at once. */
    @Nullable
    TimeSpan grace(ConfiguredValue given) {
        return given.value().matches(GRACE)
                ? TimeSpan.of(given.value()).orElseThrow()
                : values.fault(given, "write a number and h (hours) or d (days): 0d, 1h, 30d.");
    }

    @Nullable
    TimeSpan span(ConfiguredValue given) {
        return given.value().matches(SPAN)
                ? TimeSpan.of(given.value()).orElseThrow()
                : values.fault(given, "write a number and h (hours) or d (days): 24h, 7d.");
    }

    ExportSettings.@Nullable RateLimit limit(ConfiguredValue given) {
        Optional<ExportSettings.RateLimit> limit = ExportSettings.RateLimit.of(given.value());
        return limit.isPresent() ? limit.get() : values.fault(given, "write how often per period: 1 per 24h.");
    }

    @Nullable
    RecentSignIn recentSignIn(ConfiguredValue given) {
        return switch (given.value()) {
            case "auto" -> RecentSignIn.AUTO;
            case "off" -> RecentSignIn.OFF;
            default ->
                given.value().matches(DURATION)
                        ? RecentSignIn.within(
                                Duration.parse("PT" + given.value().toUpperCase(Locale.ROOT)))
                        : values.fault(given, "write auto, off, or a number and m (minutes) or h (hours): 10m, 1h.");
        };
    }

    @Nullable
    SecretValue secret(ConfiguredValue given) {
        int bytes = given.value().getBytes(StandardCharsets.UTF_8).length;
        if (bytes < LEAST_SECRET) {
            values.add(given + " has " + bytes + " bytes: HS256 needs at least " + LEAST_SECRET
                    + ". Make one: openssl rand -hex 32");
            return null;
        }
        return strong(given);
    }

    private @Nullable SecretValue strong(ConfiguredValue given) {
        if (TrivialSecrets.isTrivial(given.value())) {
            values.add(given + " is trivial: others can guess it. Make one: openssl rand -hex 32");
            return null;
        }
        return new SecretValue(given.value());
    }

    List<byte[]> tokens(ConfiguredValue given) {
        List<byte[]> tokens = new ArrayList<>();
        List<String> parts =
                Stream.of(given.value().split(",")).map(String::strip).toList();
        for (int i = 0; i < parts.size(); i++) {
            Optional<byte[]> hash = TrivialSecrets.isTrivial(parts.get(i))
                    ? Optional.empty()
                    : CredentialHash.of(parts.get(i), LEAST_SECRET);
            if (hash.isEmpty()) {
                values.add(given + ": credential " + (i + 1) + " of " + parts.size() + " is too weak. Write at least "
                        + LEAST_SECRET + " characters, or sha256: and the 64 hexadecimal digits of its hash."
                        + " Make one: openssl rand -hex 32");
            }
            hash.ifPresent(tokens::add);
        }
        return tokens;
    }

    @Nullable
    String word(ConfiguredValue given, String one, String other) {
        return List.of(one, other).contains(given.value())
                ? given.value()
                : values.fault(given, "write " + one + " or " + other + ".");
    }

    /** Origins as browsers send them (RFC 6454): scheme, host, and a port other than the scheme's. */
    @Nullable
    List<String> origins(ConfiguredValue given) {
        List<String> origins =
                Stream.of(given.value().split(",")).map(String::strip).toList();
        return origins.stream()
                        .allMatch(o ->
                                o.matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:]+](:[0-9]{1,5})?"))
                ? origins
                : values.fault(
                        given,
                        "write origins with commas between them, in small letters and without a path: https://app.example.org.");
    }

    @Nullable
    String cookie(ConfiguredValue given) {
        return given.value().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
                ? given.value()
                : values.fault(given, "write a cookie's name: session.");
    }

    /** An identity provider. Plain HTTP only on this machine, unless the operator has taken the risk. */
    @Nullable
    URI issuer(ConfiguredValue given, boolean insecure) {
        URI address = address(given.value());
        if (address == null || !WebAddress.isWeb(address)) {
            return values.fault(given, "write an address that begins with https://, such as https://id.example.org");
        }
        return insecure || WebAddress.isProtected(address)
                ? address
                : values.fault(
                        given,
                        "an attacker on the way can replace the provider's keys. Write https://, or,"
                                + " where you trust every machine on the way, exeunt.jwt.insecure-issuer=true.");
    }

    /** The public address of the calls. What is sent there is secret, so plain HTTP only on this machine. */
    @Nullable
    URI publicAddress(ConfiguredValue given) {
        URI address = address(given.value().replaceFirst("/+$", ""));
        return address != null
                        && WebAddress.isProtected(address)
                        && address.getRawQuery() == null
                        && address.getRawFragment() == null
                        && address.getRawUserInfo() == null
                ? address
                : values.fault(
                        given,
                        "write the public address of exeunt.path, with https:// and without ? and #:"
                                + " https://shop.example/account");
    }

    /** Where a receiver takes the ledger. */
    @Nullable
    URI ledgerAddress(ConfiguredValue given) {
        URI address = address(given.value().strip());
        if (address == null
                || !WebAddress.isProtected(address)
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            values.add(given + " will not do: write an address that begins with https:// (with http:// on this machine"
                    + " alone), without a user, ? and #: https://ledger.example.org/shop");
            return null;
        }
        return address;
    }

    private static @Nullable URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null; // the caller tells what would be valid
        }
    }
}

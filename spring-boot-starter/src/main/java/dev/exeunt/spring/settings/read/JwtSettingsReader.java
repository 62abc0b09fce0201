package dev.exeunt.spring.settings.read;

import dev.exeunt.spring.settings.ExeuntSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the settings that say which tokens are valid: by issuer, by published keys, or by a shared secret. */
final class JwtSettingsReader {

    /** Accepts every token of the issuer, whatever application it was issued for. */
    private static final String ANY = "any";

    private final SettingValues values;
    private final ValueParser parser;
    private final boolean decoder;

    /** @param decoder whether the application brings a decoder of its own */
    JwtSettingsReader(SettingValues values, ValueParser parser, boolean decoder) {
        this.values = values;
        this.parser = parser;
        this.decoder = decoder;
    }

    ExeuntSettings.JwtSettings read() {
        boolean insecure = values.value(SettingDefinition.JWT_INSECURE_ISSUER, parser::yesOrNo)
                .orElse(false);
        boolean published = values.isSet(SettingDefinition.JWT_JWKS_URI);
        boolean shared = values.isSet(SettingDefinition.JWT_SECRET);
        boolean discovered = values.isSet(SettingDefinition.JWT_ISSUER) && !published && !shared;
        Optional<String> issuer = discovered
                ? values.value(SettingDefinition.JWT_ISSUER, g -> parser.issuer(g, insecure))
                        .map(URI::toString)
                : values.value(SettingDefinition.JWT_ISSUER, ConfiguredValue::value);
        ExeuntSettings.JwtSettings jwt = new ExeuntSettings.JwtSettings(
                issuer.orElse(null),
                values.value(SettingDefinition.JWT_JWKS_URI, g -> parser.issuer(g, insecure))
                        .orElse(null),
                values.value(SettingDefinition.JWT_SECRET, parser::secret).orElse(null),
                values.value(SettingDefinition.JWT_AUDIENCE, this::audiences).orElse(List.of()),
                values.value(SettingDefinition.JWT_SUBJECT_CLAIM, ConfiguredValue::value)
                        .orElse("sub"),
                insecure);
        if (published && shared) {
            values.add("exeunt.jwt.secret and exeunt.jwt.jwks-uri are both set: a token is signed by one of them."
                    + " Remove one of them.");
        }
        if (!published && !shared && !discovered && !decoder) {
            values.add(
                    "Nothing says which tokens are good. Set exeunt.jwt.issuer, exeunt.jwt.jwks-uri or exeunt.jwt.secret.");
        }
        if ((published || discovered) && !shared) {
            requireAudience();
        }
        return jwt;
    }

    private void requireAudience() {
        if (!values.isSet(SettingDefinition.JWT_AUDIENCE)) {
            values.add(
                    "exeunt.jwt.audience is not set: every token of the issuer would be good, whatever application it was"
                            + " issued for. Write what aud holds in tokens for this server: exeunt.jwt.audience=exeunt. Several"
                            + " have a comma between them; any takes every token.");
        }
    }

    private @Nullable List<String> audiences(ConfiguredValue given) {
        List<String> all =
                Stream.of(given.value().split(",", -1)).map(String::strip).toList();
        if (all.stream().anyMatch(String::isEmpty) || all.size() > 1 && all.contains(ANY)) {
            return values.fault(given, "write one audience, several with a comma between them, or any alone.");
        }
        return all.equals(List.of(ANY)) ? List.of() : all;
    }
}

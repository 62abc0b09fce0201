package dev.exeunt.spring.settings.read;

import dev.exeunt.spring.settings.ExeuntSettings.JwtSettings;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import dev.exeunt.spring.settings.ExeuntSettings.SignInSettings;
import dev.exeunt.spring.settings.MailSettings;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the settings by which the page signs people in itself. Without a client it does not. */
final class SignInSettingsReader {

    private static final URI NOWHERE = URI.create("");
    private static final String OPENID = "openid";

    private final SettingValues values;
    private final ValueParser parser;

    SignInSettingsReader(SettingValues values, ValueParser parser) {
        this.values = values;
        this.parser = parser;
    }

    /**
     * Returns null where the operator names no client.
     *
     * @param jwt whose issuer people sign in at unless another is set
     * @param mail whose public address is taken unless another is set; null where there is none
     */
    @Nullable
    SignInSettings read(JwtSettings jwt, @Nullable MailSettings mail) {
        if (!values.isSet(SettingDefinition.SIGN_IN_CLIENT_ID)) {
            SettingDefinition.SIGN_IN.forEach(this::refuseWithoutClient);
            return null;
        }
        Optional<String> client = values.value(SettingDefinition.SIGN_IN_CLIENT_ID, this::client);
        return new SignInSettings(
                client.isPresent() ? issuer(jwt) : NOWHERE,
                client.orElse(""),
                values.value(SettingDefinition.SIGN_IN_CLIENT_SECRET, g -> new SecretValue(g.value()))
                        .orElse(null),
                values.value(SettingDefinition.SIGN_IN_SCOPES, this::scopes).orElse(List.of(OPENID)),
                client.isPresent() ? baseUrl(mail) : NOWHERE);
    }

    private void refuseWithoutClient(SettingDefinition setting) {
        values.value(setting, ConfiguredValue::value)
                .ifPresent(value -> values.add(setting.name()
                        + " is set and exeunt.sign-in.client-id is not: the page would not sign people in. Set"
                        + " exeunt.sign-in.client-id, or take " + setting.name() + " away."));
    }

    private URI issuer(JwtSettings jwt) {
        boolean inheritable = values.isSet(SettingDefinition.JWT_ISSUER);
        if (values.isSet(SettingDefinition.SIGN_IN_ISSUER) || !inheritable) {
            return values.value(
                            SettingDefinition.SIGN_IN_ISSUER,
                            g -> parser.issuer(g, jwt.insecureIssuer()),
                            "Write the provider that people sign in at:"
                                    + " exeunt.sign-in.issuer=https://id.example.org/realms/shop")
                    .orElse(NOWHERE);
        }
        if (jwt.issuer() == null) {
            return NOWHERE; // JwtSettingsReader has reported it
        }
        ConfiguredValue inherited = new ConfiguredValue(
                SettingDefinition.JWT_ISSUER.name(), jwt.issuer(), "also for exeunt.sign-in.issuer, which is not set");
        URI issuer = parser.issuer(inherited, jwt.insecureIssuer());
        return issuer == null ? NOWHERE : issuer;
    }

    private URI baseUrl(@Nullable MailSettings mail) {
        if (mail != null && !values.isSet(SettingDefinition.SIGN_IN_BASE_URL)) {
            return mail.baseUrl();
        }
        return values.value(
                        SettingDefinition.SIGN_IN_BASE_URL,
                        parser::publicAddress,
                        "Write the public address of exeunt.path: exeunt.sign-in.base-url=https://shop.example/account")
                .orElse(NOWHERE);
    }

    /** RFC 6749, appendix A.1. */
    private @Nullable String client(ConfiguredValue given) {
        return given.value().matches("[\\x20-\\x7e]{1,500}")
                ? given.value()
                : values.fault(given, "write the name that the provider has for this client, in ASCII: exeunt-page");
    }

    /** RFC 6749, section 3.3. */
    private @Nullable List<String> scopes(ConfiguredValue given) {
        List<String> scopes = Arrays.asList(given.value().split(" +"));
        return scopes.contains(OPENID) && scopes.stream().allMatch(s -> s.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]+"))
                ? scopes
                : values.fault(given, "write scopes with a blank between them, and openid among them: openid profile");
    }
}

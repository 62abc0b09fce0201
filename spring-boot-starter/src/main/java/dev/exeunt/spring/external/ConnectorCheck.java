package dev.exeunt.spring.external;

import dev.exeunt.spring.external.http.AddressProbe;
import dev.exeunt.spring.external.http.CallFailedException;
import dev.exeunt.spring.external.http.GuardedHttpClient.CallLimits;
import dev.exeunt.spring.external.keycloak.KeycloakApi;
import dev.exeunt.spring.external.keycloak.KeycloakApi.AccountState;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tries the settings of a system. It sends no event, changes nothing, and shows no secret. */
public final class ConnectorCheck {

    private static final Map<String, String> FIXES = Map.of(
            "private-address",
                    "The host has an address that is not public. Set private-address: true if it is meant to be inside.",
            "unknown-host", "No address was found for the host. Look at the name in url.",
            "tls", "The certificate is not valid for the host, or no authority that Java trusts has signed it.",
            "refused", "Nothing listens there. Look at host and port in url.",
            "timeout", "There was no answer in time.",
            "token-400", "Keycloak refuses the client. Look at client-id, and switch its service account on.",
            "token-401",
                    "Keycloak refuses the client. Look at client-id and client-secret, and switch its service account on.",
            "token-404", "There is no such realm at this address. Look at url and realm.",
            "token-answer", "The answer is no token. Look at url.");

    private final ExternalSystemSettings system;
    private final List<CheckedPoint> points = new ArrayList<>();

    private ConnectorCheck(ExternalSystemSettings system) {
        this.system = system;
    }

    /**
     * Says how one point of a check went.
     *
     * @param good false where something has to be put right
     * @param sentence for the operator
     */
    public record CheckedPoint(boolean good, String sentence) {}

    /** Tries a system, and returns what was found in the order in which it was tried. */
    public static List<CheckedPoint> check(ExternalSystemSettings system) {
        ConnectorCheck check = new ConnectorCheck(system);
        URI url = system.url();
        if (system.keycloak() != null) {
            check.keycloak();
        } else if (url != null) {
            check.webhook(url);
        } else {
            check.good("The application itself gets the events.");
        }
        return check.points;
    }

    private void webhook(URI url) {
        try {
            AddressProbe.connect(url, system.privateAddress(), CallLimits.USUAL.connect());
            good("The address is allowed and answers"
                    + ("https".equalsIgnoreCase(url.getScheme()) ? ", and its certificate is valid." : "."));
        } catch (CallFailedException e) {
            bad(e);
        }
    }

    private void keycloak() {
        try (KeycloakApi api = new KeycloakApi(system, CallLimits.USUAL)) {
            Set<String> roles = api.roles();
            good("Keycloak gives a token for the client in the realm.");
            roles(roles);
            AccountState state = api.find(UUID.randomUUID().toString());
            if (state == AccountState.MISSING) {
                good("The admin API of the realm answers.");
            }
        } catch (CallFailedException e) {
            bad(e);
        }
    }

    private void roles(Set<String> roles) {
        if (roles.contains("manage-users")) {
            good("The service account may look users up, disable, enable and remove them, and end their sessions.");
        } else {
            points.add(new CheckedPoint(
                    false,
                    "The service account lacks the role manage-users of the client realm-management"
                            + (roles.contains("view-users") ? "; with view-users alone it cannot disable users." : ".")
                            + " Give it: kcadm.sh add-roles -r REALM --uusername service-account-CLIENT --cclientid realm-management"
                            + " --rolename manage-users"));
        }
        good(
                roles.contains("manage-realm")
                        ? "It may clear the cache of users (manage-realm)."
                        : "It may not clear the cache of users (manage-realm), which only a map of Keycloak's own database needs.");
    }

    private void good(String sentence) {
        points.add(new CheckedPoint(true, sentence));
    }

    private void bad(CallFailedException e) {
        String fix = FIXES.getOrDefault(e.word(), "See docs/guides/identity-provider.md.");
        points.add(new CheckedPoint(false, "Failed: " + e.word() + ". " + fix));
    }
}

package dev.exeunt.spring.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.spring.external.ConnectorCheck.CheckedPoint;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.testkit.KeycloakStandIn;
import dev.exeunt.testkit.KeycloakStandIn.Fault;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that the check of a connector names what is wrong, and sends nothing that a system could take for an event. */
@Timeout(60)
class ConnectorCheckTest {

    private static List<String> check(ExternalSystemSettings system) {
        return ConnectorCheck.check(system).stream()
                .map(point -> (point.good() ? "ok " : "wrong ") + point.sentence())
                .toList();
    }

    @Test
    void aKeycloakIsAskedForATokenItsRolesAndAnAnswer() {
        try (KeycloakStandIn keycloak = new KeycloakStandIn()) {
            ExternalSystemSettings system = KeycloakTestWorld.settings(keycloak.address());
            assertThat(ConnectorCheck.check(system)).hasSize(4).allMatch(CheckedPoint::good);
            assertThat(keycloak.calls()).containsExactly("token", "get");

            keycloak.grant("view-users");
            assertThat(check(system))
                    .hasSize(4)
                    .anyMatch(p -> p.startsWith("wrong The service account lacks the role manage-users")
                            && p.contains("with view-users alone"))
                    .anyMatch(p -> p.startsWith("ok It may not clear the cache of users"));
            keycloak.fail("token", Fault.STATUS_404);
            assertThat(check(system))
                    .containsExactly(
                            "wrong Failed: token-404. There is no such realm at this address. Look at url and realm.");
            keycloak.fail("get", Fault.STATUS_403);
            assertThat(check(system)).last().asString().startsWith("wrong Failed: 403.");
        }
    }

    @Test
    void aWebhooksAddressIsConnectedToAndSentNothing() {
        try (HostileServer server = new HostileServer(out -> {
            throw new AssertionError("a request was sent");
        })) {
            assertThat(check(new ExternalSystemSettings("bot", server.address(), List.of(), true)))
                    .containsExactly("ok The address is allowed and answers.");
            assertThat(check(new ExternalSystemSettings("bot", server.address(), List.of(), false)))
                    .singleElement()
                    .asString()
                    .startsWith("wrong Failed: private-address.");
            assertThat(check(new ExternalSystemSettings("bot", URI.create("http://127.0.0.1:1/"), List.of(), true)))
                    .containsExactly("wrong Failed: refused. Nothing listens there. Look at host and port in url.");
        }
    }
}

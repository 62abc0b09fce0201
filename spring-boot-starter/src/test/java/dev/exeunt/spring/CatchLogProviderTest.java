package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.KeycloakStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the community log of catches, whose profiles are users of an identity provider, with a stand-in for the provider. */
@Timeout(120)
class CatchLogProviderTest {

    private static final String FLOWS = """
            flows:
              deactivate: { grace: 30d }
              delete-account: { grace: 7d }
            external:
              identity-provider: { deadline: 7d, before-erasure: 10min }
            """;

    /** The sample, in which a person may also deactivate, and whose provider is told. */
    private static Path sample(Path folder) throws IOException {
        Path catchLog = Path.of(System.getProperty("exeunt.samples"), "catch-log");
        Files.copy(catchLog.resolve("schema.sql"), folder.resolve("schema.sql"));
        Files.copy(catchLog.resolve("data.sql"), folder.resolve("data.sql"));
        String map = Files.readString(catchLog.resolve("exeunt.yaml"));
        String changed = map.replaceFirst("flows:\\n  delete-account: \\{ grace: none }[^\\n]*\\n", FLOWS);
        assertThat(changed).isNotEqualTo(map);
        Files.writeString(folder.resolve("exeunt.yaml"), changed);
        return folder;
    }

    private static void awaited(BooleanSupplier done) {
        PollingLoop.until(done::getAsBoolean, Boolean::booleanValue);
    }

    @Test
    @DisplayName(
            "CL-11: sign-in at the provider is refused while deactivated and before an erasure, and the user is removed after it")
    void signIn(@TempDir Path folder) throws IOException {
        try (KeycloakStandIn provider = new KeycloakStandIn();
                SpringTestApplication application =
                        SpringTestApplication.of(sample(folder).toString(), provider.settings("identity-provider"))) {
            String angler = application.database().scalar("SELECT id FROM profiles WHERE username = 'angler-0042'");
            provider.addUser(angler);
            AccountRequests requests = application.bean(AccountRequests.class);
            assertThat(provider.signIn(angler)).isTrue();

            requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, angler));
            awaited(() -> provider.sessions(angler) == 0);
            assertThat(provider.signIn(angler)).isFalse();
            requests.reactivate(angler, Actor.SELF, null);
            awaited(() -> provider.signIn(angler));

            requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, angler));
            awaited(() -> provider.sessions(angler) == 0);
            assertThat(provider.signIn(angler)).as("to take the request back").isTrue();
            application.clock().advance(Duration.ofDays(8));
            assertThat(requests.eraseDue("reaper").erased()).isZero();
            awaited(() -> provider.sessions(angler) == 0);
            assertThat(provider.signIn(angler)).isFalse();
            awaited(() -> requests.eraseDue("reaper").erased() == 1);
            awaited(() -> !provider.isThere(angler));
            assertThat(provider.signIn(angler)).isFalse();
        }
    }
}

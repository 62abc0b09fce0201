package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import generated.client.ApiClient;
import generated.client.ApiException;
import generated.client.api.AccountApi;
import generated.client.api.ExportApi;
import generated.client.api.GateApi;
import generated.client.model.Account;
import generated.client.model.Export;
import generated.client.model.Leaving;
import generated.client.model.Preview;
import generated.client.model.Problem;
import generated.client.model.Request;
import generated.client.model.Wanted;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A client that a public generator has made of our OpenAPI document, against the server. */
class OpenApiClientTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("task-planner");

    private static final String DAN = "a0000000-0000-4000-8000-000000000004";

    private final ApiClient client = client(HOST.token(DAN));
    private final AccountApi account = new AccountApi(client);
    private final ExportApi exports = new ExportApi(client);

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static ApiClient client(String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri("http://127.0.0.1:" + HOST.port());
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        return client;
    }

    private Export export(String id) {
        try {
            return exports.getExport(id);
        } catch (ApiException e) {
            throw new AssertionError(e);
        }
    }

    private Problem problem(ApiException e) {
        return client.getObjectMapper().readValue(e.getResponseBody(), Problem.class);
    }

    @Test
    void somebodyHasTheirDataMade() throws Exception {
        Export asked = exports.requestExport(new Wanted().format(Wanted.FormatEnum.JSON));
        assertThat(asked.getState()).isEqualTo(Export.StateEnum.PENDING);
        assertThat(asked.getExpiresAt()).isNull();
        String id = asked.getId().toString();
        Export made = PollingLoop.until(() -> export(id), e -> e.getState() == Export.StateEnum.READY);
        assertThat(made.getExpiresAt().toInstant())
                .isEqualTo(HOST.clock().instant().plus(Duration.ofDays(1)));
        assertThat(exports.getExports().getLatest()).isEqualTo(made);
        ApiException away = catchThrowableOfType(ApiException.class, () -> exports.getDownloadLink(id));
        assertThat(away.getCode()).isEqualTo(302);
        String link = away.getResponseHeaders().firstValue("Location").orElseThrow();
        File archive = exports.download(link.substring(link.lastIndexOf('/') + 1));
        try {
            assertThat(archive).hasSize(made.getBytes()).content().contains("dan@planner.example");
        } finally {
            Files.delete(archive.toPath());
        }
    }

    @Test
    void somebodyLeavesAndComesBackAndAfterARefusalKnowsWhy() throws Exception {
        Preview preview = account.preview("delete-account");
        assertThat(preview.getConfirm()).isEqualTo("email");
        assertThat(preview.getTables())
                .anySatisfy(t -> assertThat(t.getTable() + " " + t.getFate() + " " + t.getRows())
                        .isEqualTo("memberships delete 1"));
        ApiException refused = catchThrowableOfType(
                ApiException.class, () -> account.deleteAccount(new Leaving().confirm("cleo@planner.example")));
        assertThat(refused.getCode()).isEqualTo(422);
        assertThat(problem(refused).getType()).hasToString("urn:exeunt:problem:unconfirmed");
        assertThat(problem(refused).getDetail()).isNotEmpty();
        Request asked = account.deleteAccount(
                new Leaving().confirm("dan@planner.example").acknowledge(preview.getDigest()));
        assertThat(asked.getDueAt().toInstant())
                .isEqualTo(HOST.clock().instant().plus(Duration.ofDays(30)));
        assertThat(account.getAccount().getState()).isEqualTo(Account.StateEnum.SCHEDULED);
        assertThat(new GateApi(client(SpringTestApplication.SERVICE))
                        .getGate(DAN, null)
                        .getAllowed())
                .isTrue();
        assertThat(account.cancelDeletion(null).getState()).isEqualTo("cancelled");
        assertThat(account.getAccount().getState()).isEqualTo(Account.StateEnum.ALLOWED);
        ApiException over = catchThrowableOfType(ApiException.class, () -> account.cancelDeletion(null));
        assertThat(problem(over).getType()).hasToString("urn:exeunt:problem:nothing-open");
        assertThat(over.getCode()).isEqualTo(problem(over).getStatus());
    }
}

package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.archive.s3.testkit.S3Server;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The copy of the ledger in a bucket of the object store that holds the archives. */
@Timeout(120)
class LedgerBucketTest {

    private S3Server store;
    private LettersTestApplication shop;
    private Map<String, Object> settings;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        store = S3Server.start();
        shop = new LettersTestApplication(folder);
        settings = new HashMap<>(ServerConfiguration.DEFAULTS);
        settings.putAll(shop.settings());
        Path map = folder.resolve("exeunt.yaml");
        Files.writeString(map, Files.readString(map) + "flows: { delete-account: { grace: 14d } }\n");
        settings.put("server.port", "0");
        settings.put("exeunt.worker.enabled", "false");
        settings.put("exeunt.archive.s3.bucket", S3Server.BUCKET);
        settings.put("exeunt.archive.s3.prefix", "archives");
        settings.put("exeunt.archive.s3.endpoint", "http://127.0.0.1:" + store.port());
        settings.put("exeunt.archive.s3.path-style", "true");
        settings.put("exeunt.archive.s3.access-key", S3Server.CREDENTIALS.accessKey());
        settings.put("exeunt.archive.s3.secret-key", S3Server.CREDENTIALS.secretKey());
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
        store.close();
    }

    private ConfigurableApplicationContext server() {
        return new SpringApplicationBuilder(ServerConfiguration.class)
                .properties(settings)
                .run();
    }

    @Test
    void aRequestIsCopiedAndARestoreIsNoticed() {
        settings.put("exeunt.ledger.bucket", S3Server.BUCKET);
        settings.put("exeunt.ledger.prefix", "ledgers/shop");
        try (ConfigurableApplicationContext server = server()) {
            AccountRequests requests = server.getBean(AccountRequests.class);
            requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1"));
            ErasureLedger ledger = server.getBean(ErasureLedger.class);
            ErasureLedger.LedgerCheck check = ledger.verify();
            assertThat(check.copied()).isEqualTo(check.entries()).isPositive();
            assertThat(store.lying()).singleElement().asString().matches("ledgers/shop/[0-9]{19}");
            assertThat(ledger.place())
                    .hasValueSatisfying(place -> assertThat(place)
                            .contains("bucket " + S3Server.BUCKET, "ledgers/shop/")
                            .doesNotContain(S3Server.CREDENTIALS.secretKey()));
        }
        shop.database().execute("""
                DROP TRIGGER IF EXISTS ledger_only_grows ON exeunt.ledger;
                DELETE FROM exeunt.ledger""");
        try (ConfigurableApplicationContext server = server()) {
            assertThatThrownBy(() -> server.getBean(ErasureLedger.class).requireOpen())
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("exeunt replay");
        }
    }

    /** The command line's variable, as the server beside it reads it. */
    @Test
    void theVariableMayNameTheBucket() {
        settings.put("exeunt.ledger.file", "s3://" + S3Server.BUCKET + "/one");
        try (ConfigurableApplicationContext server = server()) {
            assertThat(server.getBean(ErasureLedger.class).place())
                    .hasValueSatisfying(place -> assertThat(place).contains("bucket exports", "one/"));
        }
    }
}

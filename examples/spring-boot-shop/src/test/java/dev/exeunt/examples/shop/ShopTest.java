package dev.exeunt.examples.shop;

import static dev.exeunt.test.ExeuntAssertions.assertThatErasing;
import static dev.exeunt.test.ExeuntAssertions.assertThatMapCovers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.test.MapCoverageAssert;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopTest {

    private static final String WELCOME = "Welcome, ";

    private static RunningShop shop;

    @BeforeAll
    static void start(@TempDir Path archives) {
        shop = new RunningShop(archives);
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    private static String shopper(String email) {
        return shop.bean(ShopperRepository.class)
                .save(new Shopper(email, "Anna Alder", "{noop}secret"))
                .key();
    }

    private static DataSource dataSource() {
        return shop.bean(DataSource.class);
    }

    // tag::entity-test[]
    @Test
    void theMapCoversTheSchemaAndNamesEachEntity() {
        assertThatMapCovers(dataSource()).withoutWarnings().names(entityTables());
    }

    private static List<String> entityTables() {
        return shop.bean(EntityManagerFactory.class).getMetamodel().getEntities().stream()
                .map(entity -> entity.getJavaType().getAnnotation(Table.class).name())
                .toList();
    }
    // end::entity-test[]

    @Test
    void anEntityThatRefersToShoppersAndIsMissingInTheMapFails() throws IOException {
        DataMap without = mapWithout("purchase");
        assertThatThrownBy(() -> assertThatMapCovers(dataSource(), without))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("unmapped-table", "purchase");
    }

    @Test
    void anEntityWithoutAForeignKeyThatIsMissingInTheMapFails() throws IOException {
        MapCoverageAssert coverage = assertThatMapCovers(dataSource(), mapWithout("newsletter_signup"));
        assertThatThrownBy(() -> coverage.names(entityTables()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("newsletter_signup");
    }

    private static DataMap mapWithout(String table) throws IOException {
        String text = Files.readString(Path.of("exeunt.yaml"));
        String without = text.replaceAll("(?m)^  " + table + ":\n(    .*\n)+", "");
        assertThat(without).isNotEqualTo(text);
        return Exeunt.readMap(without, "exeunt.yaml");
    }

    /** JPA happens to run Flyway early; a shop on plain JDBC depends on this. */
    @Test
    void exeuntWaitsForTheMigrations() {
        assertThat(shop.beansBefore("exeunt")).contains("flywayInitializer");
    }

    @Test
    void aShopperSignsInUntilTheyLeaveAndAgainOnceTheyAreBack() {
        String key = shopper("leaving@example.org");
        assertThat(shop.browser().signIn("leaving@example.org", "wrong")).doesNotContain(WELCOME);

        RunningShop.Browser browser = shop.browser();
        assertThat(browser.signIn("leaving@example.org", "secret")).startsWith(WELCOME);
        assertThat(browser.submit("/leave", "")).contains("deactivated", "2026-06-03");
        assertThat(shop.browser().signIn("leaving@example.org", "secret")).doesNotContain(WELCOME);

        shop.bean(AccountRequests.class).reactivate(key, Actor.SELF, null);
        assertThat(shop.browser().signIn("leaving@example.org", "secret")).startsWith(WELCOME);
    }

    @Test
    void aShopperIsErasedWhenTheGracePeriodIsOver() {
        String key = shopper("erased@example.org");
        AccountRequests requests = shop.bean(AccountRequests.class);
        requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, key));
        assertThat(shop.browser().signIn("erased@example.org", "secret")).startsWith(WELCOME);

        shop.clock.advance(Duration.ofDays(14));
        assertThat(requests.eraseDue("test").erased()).isEqualTo(1);
        assertThat(shop.browser().signIn("erased@example.org", "secret")).doesNotContain(WELCOME);
        assertThat(shop.bean(ShopperRepository.class).findByEmail("erased@example.org"))
                .isEmpty();
    }

    @Test
    void anErasureEmptiesAddressesAndTheNewsletter() {
        String key = shopper("anna@example.org");
        shop.rows.execute("INSERT INTO purchase (shopper_id, article, delivery_address) VALUES (" + key
                + ", 'kettle', 'Elm Street 1');"
                + "INSERT INTO newsletter_signup VALUES ('Anna@example.org', 'en'), ('guest@example.org', 'en')");
        assertThatErasing(key)
                .in(dataSource())
                .changes("purchase", 1)
                .deletes("newsletter_signup", 1)
                .leavesNothingOf("anna@example.org", "Elm Street 1");
    }
}

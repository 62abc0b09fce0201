package dev.exeunt.examples.jdbc;

import static dev.exeunt.test.ExeuntAssertions.assertThatErasing;
import static dev.exeunt.test.ExeuntAssertions.assertThatMapCovers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.UnknownSubjectException;
import dev.exeunt.erase.Receipt;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookshopPrivacyTest {

    private final BookshopDatabase shop = new BookshopDatabase();
    private final BookshopPrivacy privacy = new BookshopPrivacy(shop.exeunt, shop.map);

    @AfterEach
    void close() {
        shop.close();
    }

    // tag::map-test[]
    @Test
    void theMapCoversTheSchema() {
        assertThatMapCovers(shop.rows.dataSource(), shop.map).withoutWarnings();
    }
    // end::map-test[]

    @Test
    void aMapThatHoldsHasNoErrors() {
        assertThat(privacy.errors()).isEmpty();
    }

    @Test
    void aTableWithoutAFateFailsTheMapTest() {
        shop.rows.execute("CREATE TABLE wish (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer)");
        assertThat(privacy.errors()).singleElement().asString().contains("unmapped-table", "wish");
    }

    @Test
    void exportsIntoAFile(@TempDir Path directory) throws Exception {
        try (ZipFile zip = new ZipFile(privacy.exportInto(directory, "1").toFile())) {
            String profile =
                    new String(zip.getInputStream(zip.getEntry("profile.json")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(profile).contains("anna@example.org").doesNotContain("password_hash");
        }
    }

    @Test
    void exportsIntoAStreamAndReportsProgress() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(privacy.exportTo(out, "email:anna@example.org")).isEqualTo(4);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("I read it twice.")
                .doesNotContain("Ben Birch");
        assertThat(shop.progress.lines()).isNotEmpty().allMatch(line -> line.matches(".* \\(\\d+ of \\d+\\)"));
    }

    @Test
    void previewsWhatAnErasureWouldDo() {
        assertThat(privacy.preview("1"))
                .containsExactlyInAnyOrder(
                        "customer: anonymize 1",
                        "delivery_address: delete 1",
                        "invoice: keep 1",
                        "book_review: anonymize 1");
        assertThat(shop.rows.column("SELECT name FROM customer WHERE id = 1")).containsExactly("Anna Alder");
    }

    @Test
    void erasesAndLeavesAReceiptWithoutPersonalData() {
        Receipt receipt = privacy.erase("1");
        assertThat(privacy.receipts()).containsExactly(receipt);
        assertThat(BookshopPrivacy.toJson(receipt))
                .contains("\"table\":\"invoice\"")
                .doesNotContain("anna", "Anna");
        assertThat(shop.rows.column("SELECT email FROM customer ORDER BY id"))
                .containsExactly("deleted-1@erased.invalid", "ben@example.org");
        assertThat(privacy.nothingLeft("1", "anna@example.org")).isTrue();
    }

    // tag::erasure-test[]
    @Test
    void anErasureLeavesInvoicesAndNothingElse() {
        assertThatErasing("1")
                .in(shop.rows.dataSource(), shop.map)
                .deletes("delivery_address", 1)
                .changes("book_review", 1)
                .leavesUntouched("invoice")
                .leavesNothingOf("anna@example.org", "Anna Alder");
    }
    // end::erasure-test[]

    // tag::scenario-test[]
    @Test
    void anErasureLeavesOtherCustomersAlone() {
        var before = shop.rows.rows("SELECT * FROM book_review WHERE customer_id <> 1");
        privacy.erase("1");
        assertThat(shop.rows.rows("SELECT * FROM book_review WHERE customer_id <> 1"))
                .isEqualTo(before);
        assertThat(shop.rows.column("SELECT street FROM delivery_address")).containsExactly("Oak Street 2");
    }
    // end::scenario-test[]

    @Test
    void aFormerAddressElsewhereIsFound() {
        privacy.erase("1");
        shop.rows.execute("UPDATE book_review SET body = 'ask anna@example.org' WHERE id = 31");
        assertThat(privacy.nothingLeft("1", "anna@example.org")).isFalse();
    }

    @Test
    void rehearsesAndChangesNothing() {
        var before = shop.rows.snapshot();
        assertThat(privacy.rehearse()).isEmpty();
        assertThat(shop.rows.snapshot()).isEqualTo(before);
        shop.rows.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE EXCEPTION ''no''; END';"
                + "CREATE TRIGGER refuse BEFORE DELETE ON delivery_address FOR EACH ROW EXECUTE FUNCTION refuse()");
        assertThat(privacy.rehearse()).hasSize(2);
    }

    // tag::unknown[]
    @Test
    void anUnknownKeyIsAnException() {
        assertThatThrownBy(() -> privacy.erase("4711")).isInstanceOf(UnknownSubjectException.class);
    }
    // end::unknown[]
}

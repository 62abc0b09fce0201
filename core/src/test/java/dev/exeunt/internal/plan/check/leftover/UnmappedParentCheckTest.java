package dev.exeunt.internal.plan.check.leftover;

import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.about;
import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.of;
import static dev.exeunt.map.FindingCode.HIDDEN_REFERENCE;
import static dev.exeunt.map.FindingCode.LEFT_BEHIND;
import static dev.exeunt.map.FindingCode.POINTS_AWAY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which tables that rows of the person refer to are said to hold data about a person. */
class UnmappedParentCheckTest {

    private static final String ADDRESSES = """
            CREATE TABLE addresses (id int PRIMARY KEY, recipient text, street text, phone text);
            CREATE TABLE orders (id int PRIMARY KEY, p bigint REFERENCES people,
              billing int REFERENCES addresses, shipping int REFERENCES addresses);
            """;

    private static final String ORDERS = "  orders: { subject: p, erase: delete }\n";

    @Test
    void anAddressToWhichAnOrderRefers() {
        assertThat(of(POINTS_AWAY, ADDRESSES, ORDERS)).singleElement().satisfies(f -> {
            assertThat(f.isError()).isFalse();
            assertThat(f.what()).isEqualTo("addresses");
            assertThat(f.at().toString()).isEqualTo("exeunt.yaml:5:3");
            assertThat(f.message())
                    .isEqualTo("rows of the person refer to addresses (orders.billing → addresses.id;"
                            + " orders.shipping → addresses.id), where street, phone read like data about a person, and"
                            + " the map does not mention the table.");
            assertThat(f.fix().paste()).isNull();
            assertThat(f.fix().words()).contains("{ through: orders, by: billing, erase: … }");
        });
        assertThat(about(HIDDEN_REFERENCE, ADDRESSES, ORDERS)).isEmpty();
    }

    @Test
    void isSaidOnceWhereEachRowBelongsToOneRow() {
        String alone = ADDRESSES.replace("billing int", "billing int UNIQUE");
        assertThat(about(POINTS_AWAY, alone, ORDERS)).isEmpty();
        assertThat(about(LEFT_BEHIND, alone, ORDERS)).containsExactly("addresses");
    }

    @Test
    void aTableThatTheMapMentionsIsNone() {
        assertThat(about(POINTS_AWAY, ADDRESSES, ORDERS + "not-personal: { addresses: a test }\n"))
                .isEmpty();
        assertThat(about(
                        POINTS_AWAY,
                        ADDRESSES,
                        ORDERS + "  addresses: { through: orders, by: [billing], erase: { keep: shared, retain:"
                                + " [recipient, street, phone] } }\n"))
                .isEmpty();
    }

    @Test
    void rowsThatAreNotExportedAreNotTheirs() {
        assertThat(about(POINTS_AWAY, ADDRESSES, ORDERS.replace("erase: delete", "export: none, erase: detach")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name text", "email_quota int", "title text", "has_phone boolean", "created_at timestamptz"})
    void aTableOfThingsOrOfSettingsIsNone(String column) {
        String sql = "CREATE TABLE things (id int PRIMARY KEY, " + column
                + "); CREATE TABLE uses (p bigint REFERENCES people, thing int REFERENCES things);";
        String map = "  uses: { subject: p, erase: delete }\n";
        assertThat(about(POINTS_AWAY, sql, map)).isEmpty();
        assertThat(about(POINTS_AWAY, sql.replace(column, column + ", last_name text"), map))
                .containsExactly("things");
    }
}

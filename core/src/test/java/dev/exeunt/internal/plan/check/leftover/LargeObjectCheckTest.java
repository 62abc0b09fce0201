package dev.exeunt.internal.plan.check.leftover;

import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.about;
import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.of;
import static dev.exeunt.map.FindingCode.LARGE_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which columns are said to leave a large object behind. */
class LargeObjectCheckTest {

    private static final String DOCUMENTS =
            "CREATE TABLE documents (id int PRIMARY KEY, p bigint REFERENCES people, \"Größe\" oid, size bigint);";

    private static final String TRIGGER =
            "CREATE EXTENSION lo; CREATE TRIGGER unlinks BEFORE UPDATE OR DELETE ON documents FOR EACH ROW"
                    + " EXECUTE FUNCTION lo_manage(\"Größe\");";

    private static String documents(String fate) {
        return "  documents: { subject: p, erase: " + fate + " }\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "{ anonymize: { Größe: null } }", "{ anonymize: { size: 0 } }", "detach"})
    void theObjectOfARowThatIsDeletedOrOverwritten(String fate) {
        assertThat(of(LARGE_OBJECT, DOCUMENTS, documents(fate))).singleElement().satisfies(f -> {
            assertThat(f.isError()).isFalse();
            assertThat(f.what()).isEqualTo("documents.Größe");
            assertThat(f.message()).endsWith("and the object stays in the database.");
            assertThat(f.fix().paste()).isNull();
        });
    }

    @Test
    void aColumnThatTheMapRetainsStaysOnPurpose() {
        assertThat(about(LARGE_OBJECT, DOCUMENTS, documents("{ anonymize: { size: 0 }, retain: [Größe] }")))
                .isEmpty();
    }

    @Test
    void rowsThatStayAsTheyAreLeaveNothing() {
        assertThat(about(
                        LARGE_OBJECT,
                        DOCUMENTS.replace("REFERENCES people", ""),
                        documents("{ keep: { reason: evidence, basis: legal-claims } }")))
                .isEmpty();
    }

    @Test
    void aTriggerThatDeletesTheObjectIsEnough() {
        assertThat(about(LARGE_OBJECT, DOCUMENTS + TRIGGER, documents("delete")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE documents DISABLE TRIGGER unlinks;", "ALTER TABLE documents ADD other oid;"})
    void aTriggerThatIsOffOrOfAnotherColumnIsNot(String change) {
        assertThat(about(LARGE_OBJECT, DOCUMENTS + TRIGGER + change, documents("delete")))
                .containsExactly(change.contains("other") ? "documents.other" : "documents.Größe");
    }

    @Test
    void theFixThatItSaysRemovesIt() {
        String said =
                of(LARGE_OBJECT, DOCUMENTS, documents("delete")).get(0).fix().words();
        String trigger = said.substring(said.indexOf("CREATE"), said.lastIndexOf(';') + 1);
        assertThat(about(LARGE_OBJECT, DOCUMENTS + trigger, documents("delete")))
                .isEmpty();
    }
}

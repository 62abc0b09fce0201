package dev.exeunt.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests where the stores of files are, as the environment says it to commands. */
class FileStoreVariablesTest {

    @Test
    void eachVariableIsAStore() {
        assertThat(FileStoreVariables.stores(Map.of(
                        "EXEUNT_STORES_USER_UPLOADS", "/srv/uploads", "EXEUNT_STORES_NONE", " ", "EXEUNT_KEY", "00")))
                .hasSize(1)
                .hasEntrySatisfying(
                        "user-uploads", store -> assertThat(store).hasToString("the directory /srv/uploads"));
    }

    @Test
    void aLocationThatIsNoneIsToldWithItsVariable() {
        assertThatThrownBy(() -> FileStoreVariables.stores(Map.of("EXEUNT_STORES_UP", "uploads")))
                .isInstanceOf(ExeuntException.class)
                .hasMessage(
                        "EXEUNT_STORES_UP: 'uploads' is no absolute path of a directory. One is /var/lib/app/uploads");
        assertThatThrownBy(() -> FileStoreVariables.stores(Map.of("EXEUNT_STORES_UP", "s3://uploads/")))
                .hasMessageStartingWith("EXEUNT_STORES_UP names a bucket. Only exeunt serve and Java applications");
    }
}

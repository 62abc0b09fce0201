package dev.exeunt.internal.sideeffect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.testkit.MappedDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that an erasure finds a key that a trigger copies, however it is spelled. */
class CopiedKeyTest {

    @ParameterizedTest
    @CsvSource({"numeric, 7.5, owner numeric, OLD.id + 0.000", "text, v1, ref text REFERENCES users, OLD.id"})
    void aCopiedKeyEndsTheErasure(String type, String key, String column, String copied) {
        String sql = """
                CREATE TABLE users (id %s PRIMARY KEY, note text);
                CREATE TABLE copies (%s);
                INSERT INTO users VALUES ('%s', 'x');
                CREATE FUNCTION copy() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN INSERT INTO copies VALUES (%s); RETURN NULL; END $$;
                CREATE TRIGGER copying AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION copy();
                """.formatted(type, column, key, copied);
        String map = """
                version: 1
                subject: { table: users, key: id }
                tables: { users: { erase: { anonymize: { note: null }, retain: [id] } } }
                not-personal: { copies: for the test }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThatThrownBy(() -> world.erase(key)).isInstanceOf(SideEffectCheck.PersonalDataWrittenException.class);
        }
    }
}

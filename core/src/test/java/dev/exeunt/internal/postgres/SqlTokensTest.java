package dev.exeunt.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.postgres.SqlTokens.SqlToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTokensTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.b = 'it''s'                  | a . b = 'it''s'",
                "E'\\'' + e'\\\\' + 'x\\'       | E'\\'' + e'\\\\' + 'x\\'",
                "U&'\\0041' b'1' x'F' n'x'      | U&'\\0041' b'1' x'F' n'x'",
                "\"a\"\"b\" U&\"x\"             | \"a\"\"b\" U&\"x\"",
                "$$a'$$ $t$;$$;$t$ $1 a$1       | $$a'$$ $t$;$$;$t$ $1 a$1",
                "a /* 'b /* c */ ' */ d         | a /* 'b /* c */ ' */ d",
                "1 - -- ;                       | 1 - -- ;",
                "größe::text[1]                 | größe : : text [ 1 ]"
            })
    void isCutAsTheServerCutsIt(String sql, String pieces) {
        String cut = SqlTokens.of(sql).all().stream().map(SqlToken::text).reduce("", (a, b) -> a + " " + b);
        assertThat(cut.strip()).isEqualTo(pieces);
        assertThat(SqlTokens.of(sql).all())
                .allSatisfy(t -> assertThat(sql.substring(t.start(), t.end())).isEqualTo(t.text()));
    }

    @Test
    void aLiteralGoesOnInTheNextLineWithTheSameEscapes() {
        String sql = "E'a' -- more\n  'it\\'s;' ;";
        assertThat(SqlTokens.of(sql).all()).hasSize(2);
        assertThat(SqlTokens.of("'a' 'b'").all()).hasSize(2);
    }

    @Test
    void namesAreAsTheCatalogueHasThem() {
        assertThat(SqlTokens.of("Kind \"Kind\" 'x' 1").all().stream().flatMap(t -> t.name().stream()))
                .containsExactly("kind", "Kind");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a) OR (b      | 1 | the ) closes nothing",
                "(a[1)]        | 4 | the ) closes nothing",
                "(a            | 0 | the ( is never closed",
                "a; b          | 1 | the ; would end the statement",
                "a = 'b        | 4 | the quote is never closed",
                "a = E'b\\'    | 4 | the quote is never closed",
                "\"a           | 0 | the quoted name is never closed",
                "a /* /* */    | 2 | the comment is never closed",
                "a = $q$b$Q$   | 4 | the quote $q$ is never closed",
                "a = $1        | 4 | $1 is a parameter, which nothing fills in",
                "U&\"a\" = 1   | 0 | a name must be written as it is, not with U& escapes"
            })
    void whatWouldNotStayBetweenParenthesesIsNamed(String sql, int at, String why) {
        assertThat(SqlTokens.of(sql).fault()).contains(new SqlTokens.SqlEmbeddingFault(at, why));
    }
}

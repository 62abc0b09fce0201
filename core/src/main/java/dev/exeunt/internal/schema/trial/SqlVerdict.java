package dev.exeunt.internal.schema.trial;

import dev.exeunt.internal.schema.TableName;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Holds what PostgreSQL says of one SQL text: an error, or the objects it uses.
 *
 * @param fault why it cannot be run at all; null where it can
 * @param insides what it calls and reads; nothing where there is a fault
 */
public record SqlVerdict(@Nullable SqlTextError fault, SqlDependencies insides) {

    /**
     * Describes why PostgreSQL rejects an SQL text, and at which character.
     *
     * @param why a clause, in the database's own words where it has parsed the text
     * @param place where in the text, in characters from 0, as far as the database says
     * @param rights whether only a right is missing
     */
    public record SqlTextError(String why, OptionalInt place, boolean rights) {}

    /**
     * Lists the functions, tables and columns that PostgreSQL resolved in an SQL text.
     *
     * @param changing functions that may answer differently each time they are asked (VOLATILE), each as {@code random()}
     * @param forbidden functions and relations the role has no right to, each as GRANT names it: {@code FUNCTION f(integer)}
     * @param tables what its queries read, through views too, sorted: what to lock so that a query's answer holds
     * @param hiding where it reads more than can be told: functions that may read, each as {@code f(integer)}, and
     *     materialized views
     * @param columns a query's, in order
     * @param reading functions whose answer may depend on rows of tables
     * @param locking whether it locks rows (FOR UPDATE), which nothing that only reads may
     * @param untrusted functions that another role owns, who can change what they do: neither a superuser, nor the connected role,
     *     nor an owner of the database or of a table that the text reads
     * @param qualified an expression as it is to run: each name that is not of {@code pg_catalog} with its schema, as the database
     *     has resolved it; null for a query, and where the database could not be asked
     * @param unknown why the database could not be asked for all of this; null where it could
     */
    public record SqlDependencies(
            List<String> changing,
            List<String> forbidden,
            List<TableName> tables,
            List<String> hiding,
            List<String> columns,
            List<ReadingFunction> reading,
            boolean locking,
            List<Untrusted> untrusted,
            @Nullable String qualified,
            @Nullable String unknown) {

        /** Of a text that could not be parsed. */
        public static final SqlDependencies NOTHING = named(List.of(), List.of(), null);

        public SqlDependencies {
            changing = List.copyOf(changing);
            forbidden = List.copyOf(forbidden);
            tables = List.copyOf(tables);
            hiding = List.copyOf(hiding);
            columns = List.copyOf(columns);
            reading = List.copyOf(reading);
            untrusted = List.copyOf(untrusted);
        }

        /**
         * A function and who owns it.
         *
         * @param function as {@code public.lower(character varying)}
         */
        public record Untrusted(String function, String owner) {}

        static SqlDependencies unknown(String why) {
            return named(List.of(), List.of(), why);
        }

        /** As far as names tell. */
        static SqlDependencies named(List<String> changing, List<ReadingFunction> reading, @Nullable String unknown) {
            return new SqlDependencies(
                    changing, List.of(), List.of(), List.of(), List.of(), reading, false, List.of(), null, unknown);
        }
    }

    static SqlVerdict faulty(String why, int place) {
        return new SqlVerdict(new SqlTextError(why, OptionalInt.of(place), false), SqlDependencies.NOTHING);
    }
}

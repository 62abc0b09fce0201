package dev.exeunt.internal.schema;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.support.text.SpellingSuggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The live database at one moment.
 *
 * @param tables sorted by name
 * @param searchPath the connection's schemas in order, to resolve names without a schema
 * @param unsafeCode where other roles can put code that our statements would run
 * @param serverVersion as {@code server_version_num}, e.g. 170011
 * @param role the connected role's name
 * @param roles of the server, sorted by name
 * @param catalogue to see whether it has changed since
 */
public record DatabaseSchema(
        String database,
        String role,
        int serverVersion,
        List<String> searchPath,
        List<Table> tables,
        List<UnsafeCode> unsafeCode,
        List<DatabaseRole> roles,
        SchemaFingerprint catalogue) {

    public DatabaseSchema {
        searchPath = List.copyOf(searchPath);
        unsafeCode = List.copyOf(unsafeCode);
        roles = List.copyOf(roles);
        tables = tables.stream().sorted(Comparator.comparing(Table::name)).toList();
    }

    /** SHA-256 in hexadecimal over every fact here that a plan depends on (not row estimates). */
    public String digest() {
        return catalogue.digest();
    }

    /** Returns the table with this name. */
    public Optional<Table> table(TableName name) {
        int place = first(t -> t.compareTo(name) >= 0);
        return place < tables.size() && tables.get(place).name().equals(name)
                ? Optional.of(tables.get(place))
                : Optional.empty();
    }

    /** The table a map names: by schema where it gives one; else along the search path; else wherever there is exactly one. */
    public Optional<Table> resolve(TableReference ref) {
        List<Table> named = candidates(ref);
        if (named.size() == 1) {
            return Optional.of(named.get(0));
        }
        return searchPath.stream()
                .flatMap(s -> named.stream().filter(t -> t.name().schema().equals(s)))
                .findFirst();
    }

    /** Every table of that name, in that schema where one is given. */
    public List<Table> candidates(TableReference ref) {
        String only = ref.schema();
        if (only != null) {
            return table(new TableName(only, ref.name())).stream().toList();
        }
        List<Table> named = new ArrayList<>();
        int place = 0;
        while (place < tables.size()) {
            String schema = tables.get(place).name().schema();
            table(new TableName(schema, ref.name())).ifPresent(named::add);
            place = first(t -> t.schema().compareTo(schema) > 0);
        }
        return named;
    }

    /** Returns the place of the first table whose name passes; all names behind it have to pass, too. */
    private int first(Predicate<TableName> passes) {
        int low = 0;
        int high = tables.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (passes.test(tables.get(middle).name())) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * Returns the table with this name: {@code table} or {@code schema.table}, exactly as in the catalogue.
     *
     * @throws ExeuntException where there is none, with the nearest name, or several
     */
    public Table requireTable(String text) {
        List<Table> fitting = tables.stream()
                .filter(t -> t.name().name().equals(text) || fullName(t).equals(text))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        List<String> known = tables.stream().map(t -> t.name().toString()).toList();
        throw new ExeuntException(
                fitting.isEmpty()
                        ? "There is no table " + text + " in database " + database + "."
                                + SpellingSuggestion.hint(text, known)
                        : "There are several tables " + text + ": "
                                + fitting.stream().map(DatabaseSchema::fullName).toList() + ". Write the schema too.");
    }

    private static String fullName(Table table) {
        return table.name().schema() + "." + table.name().name();
    }

    /** The same schema with other tables. */
    public DatabaseSchema withTables(List<Table> others) {
        return new DatabaseSchema(database, role, serverVersion, searchPath, others, unsafeCode, roles, catalogue);
    }

    /** An index of the tables by name, for those who look up many. */
    public Map<TableName, Table> byName() {
        Map<TableName, Table> byName = new HashMap<>();
        tables.forEach(t -> byName.put(t.name(), t));
        return byName;
    }

    /** Every foreign key by the table it refers to. */
    public Map<TableName, List<ForeignKey>> inbound() {
        Map<TableName, List<ForeignKey>> inbound = new HashMap<>();
        tables.forEach(t -> t.foreignKeys()
                .forEach(f -> inbound.computeIfAbsent(f.parent(), p -> new ArrayList<>())
                        .add(f)));
        return inbound;
    }

    /**
     * Names a place where another role can put code that a statement of ours would run with our rights (CVE-2018-1058). Superusers,
     * owners of the database and owners of the application's tables can do so anyway, and are left out.
     *
     * @param place a schema of the role's path in which the other role may create functions and operators; or a table with a trigger whose
     *     function the other role owns
     * @param trigger the trigger's name; null for a schema
     * @param role the other role; {@code PUBLIC} for every role
     */
    public record UnsafeCode(String place, @Nullable String trigger, String role) {

        /** One sentence. */
        public String sentence() {
            return trigger == null
                    ? (role.equals("PUBLIC") ? "every role" : "the role " + role)
                            + " may create functions in the schema "
                            + place
                            + ", where names are looked up: a statement that calls one by accident runs it with its own rights"
                    : "the role " + role + " owns the function of the trigger " + trigger + " on " + place
                            + ", and can change what it does with the rights of those who write there";
        }
    }
}

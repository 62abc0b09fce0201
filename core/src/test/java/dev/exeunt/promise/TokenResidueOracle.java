package dev.exeunt.promise;

import dev.exeunt.promise.ResidueMoment.ResiduePhase;
import dev.exeunt.promise.RowSnapshot.SnapshotRow;
import dev.exeunt.promise.answer.ModelCondition;
import dev.exeunt.promise.answer.ModelFate.ModelFateKind;
import dev.exeunt.promise.answer.ModelLink;
import dev.exeunt.promise.answer.ModelRole;
import dev.exeunt.promise.made.RandomColumn;
import dev.exeunt.promise.made.RandomColumnType;
import dev.exeunt.promise.made.RandomForeignKey;
import dev.exeunt.promise.made.RandomTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Computes what {@code verify} must say of keys and former values in columns, mapped or not. */
final class TokenResidueOracle {

    private static final Set<RandomColumnType> PROSE = EnumSet.of(
            RandomColumnType.TEXT,
            RandomColumnType.VARCHAR,
            RandomColumnType.CITEXT,
            RandomColumnType.LINE,
            RandomColumnType.JSON,
            RandomColumnType.JSONB,
            RandomColumnType.TEXTS);

    private final ResidueMoment moment;
    private final NamedPlaceCounts counts;
    private final LinkTraversal reached;
    private final RandomTable people;
    private final List<String> keys;
    private final List<String> values;

    /** @param values former values that were given */
    TokenResidueOracle(ResidueMoment moment, NamedPlaceCounts counts, LinkTraversal reached, List<String> values) {
        this.moment = moment;
        this.counts = counts;
        this.reached = reached;
        this.people = moment.answers().schema().people();
        this.keys = people.key().size() == 1
                ? moment.people().stream().map(k -> k.get(0)).toList()
                : List.of();
        this.values = values;
    }

    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (RandomTable table : moment.answers().schema().tables()) {
            for (RandomColumn column : table.columns()) {
                keys(table, column, complaints);
                values(table, column, complaints);
            }
        }
        return complaints;
    }

    private void keys(RandomTable table, RandomColumn column, List<String> complaints) {
        List<SnapshotRow> holding = rows(table).filter(r -> holdsKey(r, column)).toList();
        boolean looked = !isLink(table, column.name());
        long least =
                looked ? rows(table).filter(r -> mustBeFound(table, r, column)).count() : 0;
        complain("key", table, column, holding, least, complaints);
        boolean number = isInteger(column.type()) && !keys.isEmpty() && isInteger(keyType());
        List<String> name = List.of(column.name());
        boolean named = counts.left(table, name, "key")
                        + counts.kept(table, name, "key")
                        + counts.unjudged(table, name, "hold the key")
                > 0;
        if (number && looked && !refersElsewhere(table, column.name()) && !holding.isEmpty() && !named) {
            if (!counts.isListed(table, column.name())) {
                complaints.add("no output names the numbers of " + table + "." + column.name());
            }
        }
        if (counts.isListed(table, column.name()) && !isInteger(column.type())) {
            complaints.add("not judged as a number: " + table + "." + column.name());
        }
    }

    private void values(RandomTable table, RandomColumn column, List<String> complaints) {
        List<SnapshotRow> holding = rows(table)
                .filter(r -> values.stream().anyMatch(v -> token(r.cells().get(column.name()), v)))
                .toList();
        boolean looked = PROSE.contains(column.type()) && !isLink(table, column.name());
        complain("value", table, column, holding, looked ? holding.size() : 0, complaints);
    }

    /** @param least how many rows some place must name */
    private void complain(
            String what,
            RandomTable table,
            RandomColumn column,
            List<SnapshotRow> holding,
            long least,
            List<String> complaints) {
        List<String> name = List.of(column.name());
        long left = counts.left(table, name, what);
        long named = left
                + counts.kept(table, name, what)
                + (what.equals("key") ? counts.unjudged(table, name, "hold the key") : 0);
        long most = holding.stream().filter(r -> !isRight(r, column, what)).count();
        if (left > most || named < least || named > holding.size()) {
            complaints.add(what + " in " + table + "." + column.name() + ": left " + left + ", named " + named
                    + "; wanted at most " + most + " left, named " + least + " to " + holding.size());
        }
    }

    private java.util.stream.Stream<SnapshotRow> rows(RandomTable table) {
        return moment.now().rows().get(table).values().stream();
    }

    /** Whether the map keeps the value in this row on purpose, or it is a new person's. */
    private boolean isRight(SnapshotRow row, RandomColumn column, String what) {
        boolean newPerson = moment.phase() == ResiduePhase.NEW_PERSON && moment.recorded() && moment.isLate(row);
        if (newPerson && what.equals("key")) {
            return true; // the key is the new person's by now; a former address still is the erased person's
        }
        boolean erased = moment.phase() != ResiduePhase.BEFORE_ERASURE && !moment.isLate(row);
        LinkTraversal links = moment.isLate(row) ? reached : moment.followed();
        List<ModelRole> roles = links.roles(row);
        boolean goes = new ErasureOracle(links).goes(row);
        return !goes
                && roles.stream()
                        .filter(r -> r.where() != ModelCondition.LYING) // may be false of the row since the erasure
                        .filter(r -> erased || !r.fate().severs())
                        .anyMatch(r -> keeps(r, column.name(), what));
    }

    private static boolean keeps(ModelRole role, String column, String what) {
        boolean written = role.fate().rules().containsKey(column);
        boolean link = role.link().on().contains(column);
        return !role.fate().severs() && link
                || role.fate().retain().contains(column)
                || role.fate().kind() == ModelFateKind.KEEP && !written
                || what.equals("key")
                        && written
                        && role.fate().rules().get(column).uses("key");
    }

    private boolean holdsKey(SnapshotRow row, RandomColumn column) {
        String cell = row.cells().get(column.name());
        return cell != null
                && keys.stream().anyMatch(k -> equal(cell, k) || token(cell, k) || token(cell, k.replace("-", "")));
    }

    /** By what the reference promises of keys. */
    private boolean mustBeFound(RandomTable table, SnapshotRow row, RandomColumn column) {
        String cell = row.cells().get(column.name());
        boolean named = column.name().equals(RandomTable.MEMBER) || refersToPeople(table, column.name());
        return cell != null
                && keys.stream()
                        .anyMatch(k -> named && equal(cell, k)
                                || telling(k) && PROSE.contains(column.type()) && token(cell, k)
                                || telling(k) && column.type() == keyType() && equal(cell, k)
                                || digits(k) && PROSE.contains(column.type()) && token(cell, k));
    }

    private boolean telling(String key) {
        return keyType() == RandomColumnType.UUID || keyType().isText() && key.length() >= 8;
    }

    private static boolean digits(String key) {
        return key.matches("[0-9]{6,}");
    }

    private RandomColumnType keyType() {
        return people.column(people.key().get(0)).type();
    }

    private boolean equal(String cell, String key) {
        try {
            return keyType().plain(cell).equals(keyType().plain(key));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static boolean token(String cell, String value) {
        String text = cell == null ? "" : cell.toLowerCase(Locale.ROOT);
        return Pattern.compile(
                        "(^|[^\\p{L}\\p{N}_])" + Pattern.quote(value.toLowerCase(Locale.ROOT)) + "($|[^\\p{L}\\p{N}_])")
                .matcher(text)
                .find();
    }

    private static boolean isInteger(RandomColumnType type) {
        return Set.of(
                        RandomColumnType.INT,
                        RandomColumnType.BIGINT,
                        RandomColumnType.SMALL_BIGINT,
                        RandomColumnType.POSITIVE)
                .contains(type);
    }

    /** Whether a link by this column alone counts all of its rows. */
    private boolean isLink(RandomTable table, String column) {
        return moment.answers().reaching(table).stream()
                .filter(r -> r.where() == null)
                .filter(r -> r.self() || r.link() instanceof ModelLink.ModelDirectLink)
                .anyMatch(r -> r.link().on().equals(List.of(column)));
    }

    private boolean refersToPeople(RandomTable table, String column) {
        return table.references().stream()
                .anyMatch(r -> r.parent() == people
                        && r.columns().equals(List.of(column))
                        && r.parentColumns().equals(people.key()));
    }

    private static boolean refersElsewhere(RandomTable table, String column) {
        return table.primaryKey().equals(List.of(column))
                || table.references().stream().map(RandomForeignKey::columns).anyMatch(c -> c.contains(column));
    }
}

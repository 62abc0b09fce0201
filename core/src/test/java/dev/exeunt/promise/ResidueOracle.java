package dev.exeunt.promise;

import dev.exeunt.erase.Residue;
import dev.exeunt.promise.ResidueMoment.ResiduePhase;
import dev.exeunt.promise.made.RandomSchema;
import dev.exeunt.promise.made.RandomTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges each sentence of an answer of {@code verify}, from the rows and the map's language alone. */
final class ResidueOracle {

    /** How sentences begin that say until when a place outside the tables holds former values. */
    private static final List<String> HORIZONS = List.of(
            "The planner's statistics",
            "The replication slot",
            "The write-ahead log holds former values",
            "Backups still hold it");

    private static final List<String> SUBJECTS = List.of("link", "later", "rule", "key", "value", "large object");

    private static final List<String> KEPT = List.of(
            "kept: ",
            "kept by the map",
            "retained by the map",
            "anonymised, the link stays",
            "the map's own rule writes the key");

    private final ResidueMoment moment;
    private final Residue residue;
    private final List<String> values;
    private final RandomSchema schema;

    /** @param values former values that were given */
    ResidueOracle(ResidueMoment moment, Residue residue, List<String> values) {
        this.moment = moment;
        this.residue = residue;
        this.values = values;
        this.schema = moment.answers().schema();
    }

    /** @param limited whether the role may lack rights, so that some tables cannot be looked through */
    List<String> complaints(boolean limited) {
        NamedPlaceCounts counts = new NamedPlaceCounts(residue);
        LinkTraversal reached = new LinkTraversal(moment.answers(), moment.now(), moment.people());
        List<String> complaints = new ArrayList<>();
        complaints.addAll(new LinkResidueOracle(moment, counts, reached).complaints());
        complaints.addAll(new RuleResidueOracle(moment, counts, reached).complaints());
        if (!limited) {
            complaints.addAll(new TokenResidueOracle(moment, counts, reached, values).complaints());
            largeObjects(complaints);
            if (!residue.unreadable().isEmpty()) {
                complaints.add("everything could be read, and not this: " + residue.unreadable());
            }
        }
        names(complaints);
        reasons(complaints);
        notes(complaints);
        if (residue.tablesScanned() + residue.unreadable().size()
                <= schema.tables().size()) {
            complaints.add(residue.tablesScanned() + " tables are too few");
        }
        residue.outside().stream()
                .filter(o -> HORIZONS.stream().noneMatch(o::startsWith))
                .forEach(o -> complaints.add("outside: " + o));
        return complaints;
    }

    /** Every place is one that is there, and what is said of it is known. */
    private void names(List<String> complaints) {
        Set<String> known = new HashSet<>(Set.of("pg_largeobject", "audit_log"));
        schema.tables().forEach(t -> known.add(NamedPlaceCounts.shown(t)));
        residue.places().stream()
                .filter(p -> !known.contains(p.table()) || p.rows() <= 0 || !SUBJECTS.contains(p.what()))
                .forEach(p -> complaints.add("unknown place: " + p));
        residue.unjudged().stream()
                .filter(p -> !known.contains(p.table()))
                .forEach(p -> complaints.add("unknown place: " + p));
    }

    /** Why rows are kept or not judged is said only where it can be so. */
    private void reasons(List<String> complaints) {
        boolean recorded = moment.recorded();
        Set<String> since = new HashSet<>();
        if (recorded
                && moment.phase() != ResiduePhase.BEFORE_ERASURE
                && !moment.late().isEmpty()) {
            since.addAll(List.of("changed since the erasure", "written since the erasure"));
        }
        residue.unjudged().stream()
                .filter(p -> p.why().contains("since the erasure"))
                .filter(p -> since.stream().noneMatch(p.why()::startsWith))
                .forEach(p -> complaints.add("not judged: " + p));
        boolean another = recorded && moment.phase() == ResiduePhase.NEW_PERSON;
        residue.places().stream()
                .filter(p -> p.kept() != null)
                .filter(p -> KEPT.stream().noneMatch(p.kept()::startsWith)
                        && !(another && p.kept().equals("of a new person who has the same key")))
                .forEach(p -> complaints.add("kept: " + p));
    }

    /** What is known of the erasure is said once, and only where something follows from it. */
    private void notes(List<String> complaints) {
        boolean links = residue.places().stream()
                .anyMatch(p -> p.what().equals("link") || p.what().equals("later"));
        String wanted = !moment.recorded()
                ? links ? "No record of an erasure" : ""
                : switch (moment.phase()) {
                    case BEFORE_ERASURE -> "no erasure of the account is on record";
                    case ERASED, LATE_ROWS -> "";
                    case NEW_PERSON -> "a new person has the same key since";
                };
        boolean right = wanted.isEmpty()
                ? residue.notes().isEmpty()
                : residue.notes().stream().anyMatch(n -> n.contains(wanted));
        if (!right) {
            complaints.add("notes: " + residue.notes() + "\n  wanted: " + wanted);
        }
    }

    private void largeObjects(List<String> complaints) {
        Map<String, String> texts = schema.largeObjects();
        Set<String> referred = new HashSet<>();
        moment.now().all().forEach(r -> referred.add(String.valueOf(r.cells().get(RandomTable.FILE))));
        long orphans =
                texts.keySet().stream().filter(o -> !referred.contains(o)).count();
        long unjudged = residue.unjudged().stream()
                .filter(p -> p.table().equals("pg_largeobject"))
                .mapToLong(Residue.UnjudgedPlace::rows)
                .sum();
        if (orphans != unjudged) {
            complaints.add("large objects without a row: " + unjudged + ", wanted " + orphans);
        }
        List<String> telling = new ArrayList<>(values);
        if (schema.people().key().size() == 1) {
            moment.people().stream()
                    .map(k -> k.get(0))
                    .filter(k -> k.matches("[0-9]{6,}|.*[^0-9].*") && k.length() >= 4)
                    .forEach(telling::add);
        }
        long holding = texts.values().stream()
                .filter(text -> telling.stream().anyMatch(v -> TokenResidueOracle.token(text, v)))
                .count();
        long found = residue.places().stream()
                .filter(p -> p.what().equals("large object"))
                .mapToLong(Residue.ResiduePlace::rows)
                .sum();
        if (found != holding) {
            complaints.add("large objects: " + found + ", wanted " + holding);
        }
    }
}

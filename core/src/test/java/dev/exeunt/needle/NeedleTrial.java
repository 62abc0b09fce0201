package dev.exeunt.needle;

import dev.exeunt.Exeunt;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.RehearsalResult.UnreachedPlace;
import dev.exeunt.erase.Residue;
import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SeededRandom;
import java.util.Arrays;
import java.util.List;

/** Plants one needle in one random database, and looks for it with {@code rehearse} and {@code verify}. */
final class NeedleTrial {

    private static final List<NeedleKind> FINDABLE =
            Arrays.stream(NeedleKind.values()).filter(NeedleKind::mustBeFound).toList();

    private NeedleTrial() {}

    static void run(long seed, NeedleStatistics statistics) {
        SeededRandom dice = new SeededRandom(seed);
        NeedleKind kind = seed % 25 == 0 ? NeedleKind.HIDDEN : FINDABLE.get((int) (seed % FINDABLE.size()));
        NeedlePerson person = NeedlePerson.of(dice, (int) (seed % 7));
        NeedleDatabase made = new NeedleDatabase(dice, person);
        boolean decoys = seed % 3 == 0;
        if (decoys) {
            made.decoys();
        }
        PlantedNeedle needle = PlantedNeedle.of(kind, person, dice);
        String map = made.map(needle);
        String told = "seed " + seed + ": " + person + "\n" + needle.sql() + "\n" + made.sql() + "\n" + map;
        try (MappedDatabase world = MappedDatabase.of(made.sql() + needle.sql(), map)) {
            search(world, needle, decoys, person, statistics, told);
        } catch (RuntimeException | AssertionError e) {
            statistics.failed(e + "\n" + told);
        }
    }

    private static void search(
            MappedDatabase world,
            PlantedNeedle needle,
            boolean decoys,
            NeedlePerson person,
            NeedleStatistics statistics,
            String told) {
        Exeunt exeunt = world.exeunt();
        RehearsalResult rehearsed = exeunt.rehearse(world.map(), List.of(person.key()), 0);
        List<String> before = rehearsed.search().places().stream()
                .filter(p -> p.left() > 0)
                .map(UnreachedPlace::table)
                .toList();
        world.erase(person.key());
        Residue residue = exeunt.verify(world.map(), List.of(person.key()), List.of(person.email(), person.name()));
        List<String> after = residue.places().stream()
                .filter(p -> p.kept() == null)
                .filter(p -> !decoys || !isSameName(p))
                .map(ResiduePlace::table)
                .toList();
        boolean foundBefore = before.contains(needle.table());
        boolean foundAfter = after.contains(needle.table());
        statistics.add(needle.kind(), foundBefore, foundAfter);
        long without = before.stream().filter(t -> !t.equals(needle.table())).count()
                + after.stream().filter(t -> !t.equals(needle.table())).count();
        statistics.database(decoys, (int) without);
        if (needle.kind().mustBeFound() && !(foundBefore && foundAfter) || rehearsed.failed() > 0) {
            statistics.failed("before " + before + ", after " + after + ", failed " + rehearsed.failed() + "\n" + told);
        }
        if (without > 0) {
            System.out.println("false report: before " + before + ", after " + after + "\n" + told);
        }
    }

    /** Another person has the name that was looked for: {@code verify} knows it as a former value only. */
    private static boolean isSameName(ResiduePlace place) {
        return place.table().equals("people")
                && place.column().equals("name")
                && place.what().equals("value");
    }
}

package dev.exeunt.samples;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatchLogTest {
    @Test
    void trial() {
        try (Sample sample = Sample.load("catch-log")) {
            var exeunt = sample.exeunt();
            var checked = exeunt.check(sample.map());
            checked.findings().forEach(System.out::println);
            var preview = exeunt.preview(sample.map(), List.of("username:angler-0042"));
            preview.rows().forEach((k, v) -> System.out.println(k + " " + v));
            preview.statements().forEach(System.out::println);
            var receipt = exeunt.erase(sample.map(), List.of("username:angler-0042"), r -> {});
            System.out.println(receipt);
            var residue = exeunt.verify(
                    sample.map(),
                    List.of("8d8685d5-b9fb-a13a-c65f-751077267bbc"),
                    List.of("angler-0042", "angler-0042@catchlog.example"));
            residue.places().forEach(System.out::println);
        }
    }
}

package dev.exeunt.internal.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.HashKey;
import dev.exeunt.internal.ledger.chain.LedgerEntry.HoldFacts;
import dev.exeunt.internal.ledger.chain.LedgerEntry.NumberOf;
import dev.exeunt.internal.ledger.chain.LedgerEntry.RequestFacts;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.ledger.LedgerSink.Entry;
import dev.exeunt.map.AccountFlow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each change of a ledger is found: of a byte, and of which entries there are and in which order. */
class LedgerTamperingTest {

    private static final int EDITS = 10_000;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final HashKey KEY = HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");

    @TempDir
    Path directory;

    @Test
    void eachOfTenThousandRandomEditsOfTheFileIsFound() throws IOException {
        List<Entry> entries = entries(12);
        Path file = directory.resolve("ledger");
        new FileLedgerSink(file).append(entries);
        String right = Files.readString(file);
        Random random = new Random(4711);
        for (int i = 0; i < EDITS; i++) {
            String wrong = edited(right, random);
            Files.writeString(file, wrong, StandardCharsets.ISO_8859_1);
            assertThat(isWhole(file, entries.size()))
                    .as("edit %s:\n%s", i, wrong)
                    .isFalse();
        }
        Files.writeString(file, right);
        assertThat(isWhole(file, entries.size())).isTrue();
    }

    /** Another entry that bears the key's id but not its hash, or comes from another ledger of the same key. */
    @Test
    void anEntryOfAnotherLedgerDoesNotFit() {
        List<Entry> one = entries(5);
        List<Entry> other = entries(5);
        for (int i = 0; i < 5; i++) {
            List<Entry> mixed = new ArrayList<>(one);
            mixed.set(i, other.get(i));
            boolean last = i == 0 && mixed.equals(other);
            assertThat(follows(mixed)).isEqualTo(last);
        }
    }

    /** What a crash leaves of a line was never acknowledged. */
    @Test
    void theRestOfALineThatACrashLeftIsReplaced() throws IOException {
        List<Entry> entries = entries(3);
        Path file = directory.resolve("ledger");
        FileLedgerSink sink = new FileLedgerSink(file);
        sink.append(entries.subList(0, 2));
        Files.writeString(file, Files.readString(file) + "3 5f00");
        assertThat(sink.last()).contains(entries.get(1));
        sink.append(entries.subList(2, 3));
        List<Entry> read = new ArrayList<>();
        sink.read(0, read::add);
        assertThat(read).isEqualTo(entries);
    }

    private static String edited(String right, Random random) {
        List<String> lines = new ArrayList<>(List.of(right.split("(?<=\n)")));
        int line = random.nextInt(lines.size());
        switch (random.nextInt(6)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(random.nextInt(lines.size() + 1), lines.get(line));
            case 2 -> lines.add(lines.remove(line == lines.size() - 1 ? 0 : line));
            case 3 -> lines.subList(line, lines.size()).clear();
            default -> {
                StringBuilder text = new StringBuilder(right);
                int at = random.nextInt(text.length());
                char was = text.charAt(at);
                char is = (char) (32 + random.nextInt(95));
                text.setCharAt(at, is == was ? (char) (was ^ 1) : is);
                return text.toString();
            }
        }
        return String.join("", lines);
    }

    private static boolean isWhole(Path file, int entries) {
        LedgerChain chain = new LedgerChain(null, List.of(KEY));
        try {
            new FileLedgerSink(file).read(0, chain);
        } catch (LedgerException | IOException e) {
            return false;
        }
        return chain.position() == entries;
    }

    private static boolean follows(List<Entry> entries) {
        LedgerChain chain = new LedgerChain(null, List.of(KEY));
        try {
            entries.forEach(chain);
        } catch (LedgerException e) {
            return false;
        }
        return true;
    }

    static List<Entry> entries(int count) {
        List<Entry> entries = new ArrayList<>();
        String mac = LedgerChain.START;
        for (int i = 1; i <= count; i++) {
            LedgerEntryType type = LedgerEntryType.values()[i % 7];
            RequestFacts facts = type == LedgerEntryType.REQUESTED
                    ? new RequestFacts(AccountFlow.DELETE_ACCOUNT, NOW, i % 2 == 0 ? NOW : null, null, NOW, false)
                    : null;
            HoldFacts hold = type == LedgerEntryType.HELD
                    ? new HoldFacts(i % 2 == 0 ? NOW : null, true, List.of("orders", "a b,c=d"))
                    : null;
            NumberOf erasure = i % 2 == 0 ? NumberOf.ERASURE : NumberOf.GUEST;
            NumberOf about = hold != null ? NumberOf.HOLD : facts == null ? erasure : NumberOf.REQUEST;
            String subject = KEY.hashHex("person", List.of(Integer.toString(i)));
            LedgerEntry entry = new LedgerEntry(
                    type, NOW, SubjectKind.PERSON, about, UUID.randomUUID(), subject, facts, hold, KEY.id());
            String text = entry.text();
            assertThat(LedgerEntry.parse(text)).isEqualTo(entry);
            mac = LedgerChain.mac(KEY, mac, i, text);
            entries.add(new Entry(i, mac, text));
        }
        return entries;
    }
}

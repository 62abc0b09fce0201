package dev.exeunt.app.person;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.erase.Receipt;
import dev.exeunt.support.files.AtomicFileWriter;
import dev.exeunt.support.files.DiskFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The receipt on disk. It is written in full before the commit, so that no erasure is without one, and gets its name only
 * after it, so that no receipt is of an erasure that did not happen. Its name holds a moment and chance, never a key.
 */
final class ReceiptFile implements AutoCloseable {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path wanted;
    private @Nullable AtomicFileWriter file;
    private boolean kept;
    private boolean published;
    private String written = "";

    /** @throws ExeuntException where a receipt cannot go there, as early as that can be known */
    ReceiptFile(Path wanted) {
        this.wanted = wanted;
        Path directory =
                Files.isDirectory(wanted) ? wanted : wanted.toAbsolutePath().getParent();
        if (directory == null || !Files.isWritable(directory)) {
            throw new ExeuntException("No receipt can be written to " + directory
                    + ": there is no such directory, or no right to write in it. Say --receipt FILE."
                    + " Nothing was changed.");
        }
        if (!Files.isDirectory(wanted) && Files.exists(wanted, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandRefusedException(
                    wanted + " exists and was left as it is: a receipt is not overwritten." + " Nothing was changed.");
        }
    }

    /** @throws ExeuntException where it cannot be written */
    void write(Receipt receipt) {
        Path target = Files.isDirectory(wanted) ? named(receipt) : wanted;
        try {
            AtomicFileWriter content = AtomicFileWriter.to(target).open();
            file = content;
            write(content, JsonOutput.text(receipt.toMap()));
        } catch (IOException e) {
            close();
            throw new ExeuntException(target + " cannot be written: " + DiskFault.reason(e) + ".", e);
        }
    }

    private void write(AtomicFileWriter content, String text) throws IOException {
        content.write(text.getBytes(StandardCharsets.UTF_8));
        written = text;
    }

    /**
     * Writes what has become known since the commit in place of what was written before it. Where that fails, the file stays as it was.
     *
     * @return whether the file tells all that the receipt tells
     */
    boolean complete(Receipt receipt) {
        String text = JsonOutput.text(receipt.toMap());
        AtomicFileWriter before = drawn();
        if (text.equals(written)) {
            return true;
        }
        Path part = before.target().resolveSibling("." + before.target().getFileName() + ".complete.part");
        try {
            AtomicFileWriter content =
                    AtomicFileWriter.to(before.target()).part(part).open();
            try {
                write(content, text);
            } catch (IOException e) {
                content.close();
                return false;
            }
            file = content;
            before.close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private AtomicFileWriter drawn() {
        if (file == null) {
            throw new IllegalStateException("no receipt was drawn");
        }
        return file;
    }

    /** After the commit. Where the file is, which keeps its hidden name if it cannot get its own. */
    Path publish() {
        AtomicFileWriter content = drawn();
        try {
            content.keep();
            published = true;
            return content.target();
        } catch (IOException e) {
            return content.location();
        }
    }

    boolean published() {
        return published;
    }

    /** From here on the erasure may be real, and what was written stays, if only under its hidden name. */
    void keep() {
        kept = true;
    }

    /** Where the receipt is now. */
    Path path() {
        return file == null ? wanted : file.location();
    }

    /** The erasure is known not to have happened. */
    void discard() {
        kept = false;
        close();
    }

    /** Leaves no receipt of an erasure that was not. */
    @Override
    public void close() {
        if (file != null && !kept) {
            file.close();
        }
    }

    private Path named(Receipt receipt) {
        byte[] chance = new byte[4];
        new SecureRandom().nextBytes(chance);
        String name = "exeunt-receipt-" + MOMENT.format(receipt.erasedAt()) + "-"
                + HexFormat.of().formatHex(chance) + ".json";
        return wanted.equals(Path.of(".")) ? Path.of(name) : wanted.resolve(name);
    }
}

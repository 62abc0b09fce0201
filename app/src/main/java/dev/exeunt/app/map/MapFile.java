package dev.exeunt.app.map;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.support.files.AtomicFileWriter;
import dev.exeunt.support.files.DiskFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a map's file, and puts a whole new text in its place. */
record MapFile(Path path) {

    @Override
    public String toString() {
        return path.toString();
    }

    /** What is no text, or too long for one, the map's reader knows to say why. */
    String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            Exeunt.readMap(path);
            throw new ExeuntException(path + " is not UTF-8.", e);
        }
    }

    byte[] bytes() {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new ExeuntException(path + " does not exist. Draft one with: exeunt init --subject TABLE", e);
        } catch (IOException e) {
            throw new ExeuntException(path + " cannot be read: " + DiskFault.reason(e) + ".", e);
        }
    }

    /** An editor may have saved the file meanwhile: what it wrote is not overwritten. */
    void replace(CommandContext session, byte[] before, String text) {
        session.interruption().pointOfNoReturn();
        if (!Files.isWritable(path)) {
            throw new ExeuntException(path + " cannot be written: permission denied.");
        }
        try (AtomicFileWriter replacement = AtomicFileWriter.replacing(path).open()) {
            replacement.write(text.getBytes(StandardCharsets.UTF_8));
            if (!Arrays.equals(before, bytes())) {
                throw new CommandRefusedException(
                        path + " was changed by another program meanwhile, and was left as it is. Try again.");
            }
            replacement.keep();
        } catch (IOException e) {
            throw new ExeuntException(path + " cannot be written: " + DiskFault.reason(e) + ".", e);
        }
    }
}

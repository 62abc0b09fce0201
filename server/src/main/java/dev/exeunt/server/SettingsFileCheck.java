package dev.exeunt.server;

import dev.exeunt.ExeuntException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Checks the settings file before Spring reads it, and names the faulty line. */
final class SettingsFileCheck {

    private SettingsFileCheck() {}

    /** @throws ExeuntException where it is not there, of no kind that is read, or no YAML */
    static void check(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.matches(".+\\.(yaml|yml|properties)")) {
            throw new ExeuntException("--config: " + file
                    + " is of no kind that is read. Its name has to end in .yaml, .yml or .properties.");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ExeuntException("--config: there is no file " + file + " that can be read.");
        }
        if (!name.endsWith(".properties")) {
            yaml(file);
        }
    }

    private static void yaml(Path file) {
        try (Reader text = Files.newBufferedReader(file)) {
            new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).forEach(document -> {});
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String place = mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            throw new ExeuntException(file + place + ": this is no YAML: " + e.getProblem() + ".");
        } catch (YAMLException | IOException e) {
            throw new ExeuntException(file + ": this is no YAML, or not in UTF-8.");
        }
    }
}

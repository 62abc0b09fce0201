package dev.exeunt.spring.mail;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.support.message.MessageKind;
import dev.exeunt.support.text.SpellingSuggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the texts of the messages, one file a language. A file of the operator's directory replaces single texts of a language, or brings
 * another language with all of them.
 */
final class MailTexts {

    /** The first is used where no language of a person is known. */
    private static final List<String> OWN = List.of("en", "de", "ar");

    private static final String DIRECTION = "direction";
    private static final Pattern FILE = Pattern.compile("([a-z]{2,3})\\.properties");
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    /** The message with a one-time link. It belongs to no request. */
    private static final String ONE_TIME_LINK = "one-time-link";

    /** The paragraph of the message that an erasure is done, while other systems still have to answer. */
    private static final String OTHER_SYSTEMS = "done.systems.body";

    private static final Set<String> NAMES = names();

    private final Map<String, Properties> languages;

    private MailTexts(Map<String, Properties> languages) {
        this.languages = languages;
    }

    /**
     * Reads the texts.
     *
     * @param directory null where the operator has none
     * @param faults takes a sentence for everything that is wrong with the operator's files
     */
    static MailTexts read(@Nullable Path directory, List<String> faults) {
        Map<String, Properties> languages = new LinkedHashMap<>();
        for (String language : OWN) {
            languages.put(language, own(language));
        }
        for (Path file : directory == null ? List.<Path>of() : files(directory)) {
            String name = file.getFileName().toString();
            if (!FILE.matcher(name).matches()) {
                faults.add(name + " is no file of texts. Name it by its language: en.properties, fr.properties.");
                continue;
            }
            String language = name.substring(0, name.indexOf('.'));
            Properties texts = languages.computeIfAbsent(language, l -> new Properties());
            texts.putAll(operators(file, faults));
            faults(name, texts).forEach(faults::add);
        }
        return new MailTexts(languages);
    }

    /** The languages that there are texts in, as language codes; the first is for people whose language is not known. */
    List<String> languages() {
        return List.copyOf(languages.keySet());
    }

    /** @param flow null for an export */
    String subject(String language, MessageKind kind, @Nullable AccountFlow flow) {
        return text(language, name(kind, flow) + ".subject");
    }

    /** Returns the paragraphs, with an empty line between them. */
    String body(String language, MessageKind kind, @Nullable AccountFlow flow) {
        return text(language, name(kind, flow) + ".body");
    }

    /** Returns the paragraph about other systems that still have to answer. */
    String otherSystems(String language) {
        return text(language, OTHER_SYSTEMS);
    }

    /** The subject of the message with a one-time link. */
    String linkSubject(String language) {
        return text(language, ONE_TIME_LINK + ".subject");
    }

    /** The paragraphs of the message with a one-time link, with an empty line between them. */
    String linkBody(String language) {
        return text(language, ONE_TIME_LINK + ".body");
    }

    boolean isRightToLeft(String language) {
        return text(language, DIRECTION).equals("rtl");
    }

    private String text(String language, String name) {
        Properties texts = languages.get(languages.containsKey(language) ? language : OWN.get(0));
        return Objects.requireNonNull(Objects.requireNonNull(texts).getProperty(name), name);
    }

    private static String name(MessageKind kind, @Nullable AccountFlow flow) {
        return flow == null ? kind.word() : kind.word() + "." + flow.word();
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        names.add(DIRECTION);
        names.add(ONE_TIME_LINK + ".subject");
        names.add(ONE_TIME_LINK + ".body");
        names.add(OTHER_SYSTEMS);
        for (MessageKind kind : MessageKind.values()) {
            Stream<AccountFlow> flows = kind == MessageKind.EXPORT_READY
                    ? Stream.of((AccountFlow) null)
                    : Arrays.stream(AccountFlow.values());
            flows.map(flow -> name(kind, flow)).forEach(name -> {
                names.add(name + ".subject");
                names.add(name + ".body");
            });
        }
        return names;
    }

    private static List<String> faults(String file, Properties texts) {
        List<String> faults = new ArrayList<>();
        Set<String> missing = new TreeSet<>(NAMES);
        missing.removeAll(texts.stringPropertyNames());
        if (!missing.isEmpty()) {
            faults.add(file + " lacks " + String.join(", ", missing) + ". A language of your own needs all texts.");
        }
        for (String name : new TreeSet<>(texts.stringPropertyNames())) {
            String text = texts.getProperty(name);
            if (!NAMES.contains(name)) {
                faults.add(file + ": there is no text " + name + "." + SpellingSuggestion.hint(name, NAMES));
            } else if (name.equals(DIRECTION) && !Set.of("ltr", "rtl").contains(text)) {
                faults.add(file + ": direction is " + text + ". Write ltr or rtl.");
            } else if (text.isBlank()
                    || name.endsWith(".subject") && text.chars().anyMatch(Character::isISOControl)) {
                faults.add(file + ": " + name + " is empty, or a subject of several lines. Write a text.");
            }
            strangePlaces(name, text)
                    .forEach(place -> faults.add(
                            file + ": " + name + " has the place {" + place + "}, which does not exist. There are {"
                                    + places(name).get(0) + "}, {link} and {site}."));
        }
        return faults;
    }

    private static List<String> places(String name) {
        String moment = name.startsWith(ONE_TIME_LINK) ? "minutes" : name.equals(OTHER_SYSTEMS) ? "until" : "date";
        return List.of(moment, "link", "site");
    }

    private static Set<String> strangePlaces(String name, String text) {
        Set<String> strange = new HashSet<>();
        PLACE.matcher(text).results().map(found -> found.group(1)).forEach(strange::add);
        places(name).forEach(strange::remove);
        return strange;
    }

    private static Properties own(String language) {
        try (InputStream in = MailTexts.class.getResourceAsStream(language + ".properties")) {
            return read(new InputStreamReader(Objects.requireNonNull(in, language), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties operators(Path file, List<String> faults) {
        try (Reader in = Files.newBufferedReader(file)) {
            return read(in);
        } catch (IOException | IllegalArgumentException e) {
            faults.add(file.getFileName() + " cannot be read: it must be a file of Java properties in UTF-8.");
            return new Properties();
        }
    }

    private static Properties read(Reader in) throws IOException {
        Properties texts = new Properties();
        texts.load(in);
        return texts;
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the directory of exeunt.mail.texts cannot be read", e);
        }
    }
}

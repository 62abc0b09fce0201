package dev.exeunt.internal.map.jsonschema;

import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.described;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.languageText;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.of;
import static dev.exeunt.internal.map.jsonschema.JsonSchemaParts.words;

import dev.exeunt.internal.map.yaml.AllowedWords;
import java.util.Map;

/** Generates the part of the map's JSON Schema that says for what data is used, and who is responsible. */
final class NoticeJsonSchema {

    private NoticeJsonSchema() {}

    /** The words at the top of the map. */
    static Map<String, Object> top() {
        Map<String, Object> top = of("controller", described("Who is responsible for the data.", controller()));
        top.putAll(terms());
        top.put(
                "transfers",
                described("Transfers to countries outside the European Union, with the safeguards.", languageText()));
        top.put(
                "automated-decisions",
                described("Decisions made without a human being: their logic and consequences.", languageText()));
        return top;
    }

    /** The words that a table may say otherwise than the map. */
    static Map<String, Object> terms() {
        return of(
                "purpose", described("For what the data is used.", languageText()),
                "basis", described("The legal basis of that use.", languageText()),
                "recipients", described("Who receives the data.", languageText()),
                "source", described("Where the data comes from.", languageText()));
    }

    private static Map<String, Object> controller() {
        return words(
                AllowedWords.CONTROLLER,
                of(
                        "name", described("The company or body that is responsible.", languageText()),
                        "address", described("Its postal address.", languageText()),
                        "contact",
                                described(
                                        "Where people write to: an address, a telephone number, a form.",
                                        languageText()),
                        "officer",
                                described("The data protection officer, and how to reach that person.", languageText()),
                        "representative", described("The representative in the European Union.", languageText()),
                        "authority", described("The supervisory authority that takes complaints.", languageText())),
                "name");
    }
}

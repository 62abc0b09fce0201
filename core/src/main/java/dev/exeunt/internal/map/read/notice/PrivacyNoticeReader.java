package dev.exeunt.internal.map.read.notice;

import dev.exeunt.internal.map.notice.ControllerDetails;
import dev.exeunt.internal.map.notice.PrivacyNotice;
import dev.exeunt.internal.map.notice.ProcessingTerms;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.LanguageTextReader;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.DataMap.LanguageText;
import org.jspecify.annotations.Nullable;

/** Reads {@code controller:}, and the words that say for what data is used, at the top of the map and in a table. */
public final class PrivacyNoticeReader {

    private static final ExpectedNode CONTROLLER = new ExpectedNode(
            "controller",
            "a name, and whom to write to",
            "controller: { name: Example Ltd, contact: privacy@example.org }");
    private static final ExpectedNode NAME = text("name", "Example Ltd");
    private static final ExpectedNode ADDRESS = text("address", "\"1 High Street, London\"");
    private static final ExpectedNode CONTACT = text("contact", "privacy@example.org");
    private static final ExpectedNode OFFICER = text("officer", "\"Jo Bloggs, dpo@example.org\"");
    private static final ExpectedNode REPRESENTATIVE = text("representative", "\"Example GmbH, Berlin\"");
    private static final ExpectedNode AUTHORITY =
            text("authority", "\"the data protection authority of your country\"");
    private static final ExpectedNode PURPOSE = text("purpose", "{ en: To run the shop, de: Betrieb des Shops }");
    private static final ExpectedNode BASIS = text("basis", "\"contract (GDPR Art. 6(1)(b))\"");
    private static final ExpectedNode CATEGORIES = text("categories", "\"name, address, what was ordered\"");
    private static final ExpectedNode RECIPIENTS = text("recipients", "\"the company that hosts the database\"");
    private static final ExpectedNode SOURCE = text("source", "you, when you use the service");
    private static final ExpectedNode TRANSFERS = text("transfers", "\"none outside the European Union\"");
    private static final ExpectedNode DECISIONS = text("automated-decisions", "none");

    private final NodeReader nodes;
    private final LanguageTextReader texts;

    public PrivacyNoticeReader(NodeReader nodes) {
        this.nodes = nodes;
        this.texts = new LanguageTextReader(nodes);
    }

    private static ExpectedNode text(String word, String example) {
        return new ExpectedNode(word, "a text, or one for each language", word + ": " + example);
    }

    /** What the map says as a whole. */
    public PrivacyNotice notice(MappingFields map) {
        YamlNode controller = map.value("controller");
        return new PrivacyNotice(
                controller == null ? null : controller(controller),
                terms(map),
                text(map, TRANSFERS),
                text(map, DECISIONS));
    }

    /** What the map as a whole, or a table, says of the use of rows. */
    public ProcessingTerms terms(MappingFields fields) {
        return new ProcessingTerms(
                text(fields, PURPOSE),
                text(fields, BASIS),
                text(fields, CATEGORIES),
                text(fields, RECIPIENTS),
                text(fields, SOURCE));
    }

    private @Nullable ControllerDetails controller(YamlNode yaml) {
        MappingFields fields = nodes.fields(yaml, AllowedWords.CONTROLLER, CONTROLLER);
        if (fields == null) {
            return null;
        }
        nodes.required(fields, NAME.what(), NAME);
        return new ControllerDetails(
                text(fields, NAME),
                text(fields, ADDRESS),
                text(fields, CONTACT),
                text(fields, OFFICER),
                text(fields, REPRESENTATIVE),
                text(fields, AUTHORITY));
    }

    private LanguageText text(MappingFields fields, ExpectedNode expected) {
        YamlNode value = fields.value(expected.what());
        return value == null ? LanguageText.NONE : new LanguageText(texts.read(value, expected));
    }
}

package dev.exeunt.internal.export.law;

import dev.exeunt.export.ExportSummary.SectionRows;
import dev.exeunt.internal.export.law.BundleLaw.SectionLaw;
import dev.exeunt.internal.export.law.RetentionTerm.RetentionReason;
import dev.exeunt.internal.export.law.WithheldPart.WithheldKind;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.map.notice.ControllerDetails;
import dev.exeunt.internal.map.notice.PrivacyNotice;
import dev.exeunt.internal.map.notice.ProcessingTerms;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.map.DataMap.LanguageText;
import dev.exeunt.map.DataMap.Offer;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the {@code law} objects of a bundle as JSON. A text for people is an object by language tag, under an empty tag where the map
 * names no language. What the map does not say has no member.
 */
public final class LawJson {

    /** The rights of GDPR Art. 15(1)(e) and (f), and Art. 20, by the words that a bundle uses. */
    private static final List<String> RIGHTS =
            List.of("access", "rectification", "erasure", "restriction", "objection", "portability", "complaint");

    private final JsonGenerator json;

    private LawJson(JsonGenerator json) {
        this.json = json;
    }

    /**
     * The JSON text for a bundle, on one line.
     *
     * @param heldByOthers rows left out since another present person holds their value; of the sections that have some
     * @param asked the names of the only sections that were asked for; empty where all were
     */
    public static String bundle(Plan plan, List<SectionRows> heldByOthers, List<String> asked) {
        return text(json -> json.bundle(BundleLaw.of(plan, heldByOthers), asked));
    }

    /** The JSON text for a section of the map, on one line. */
    public static String section(Plan plan, ExportSection section) {
        return text(json -> json.section(SectionLaw.of(plan, section)));
    }

    private static String text(Consumer<LawJson> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            content.accept(new LawJson(json));
        }
        return text.toString();
    }

    private void bundle(BundleLaw law, List<String> asked) {
        json.writeStartObject();
        PrivacyNotice notice = law.notice();
        if (notice.controller() != null) {
            controller(notice.controller());
        }
        text("transfers", notice.transfers());
        text("automatedDecisions", notice.automatedDecisions());
        names("rights", RIGHTS);
        if (!law.offers().isEmpty()) {
            json.writeObjectPropertyStart("grace");
            law.offers().forEach(offer -> json.writeStringProperty(offer.flow().word(), grace(offer)));
            json.writeEndObject();
        }
        withheld(law.withheld(), true);
        json.writeArrayPropertyStart("kept");
        law.kept().forEach(this::kept);
        json.writeEndArray();
        names("asked", asked);
        json.writeEndObject();
    }

    private static String grace(Offer offer) {
        return offer.grace() == null ? "none" : offer.grace().toString();
    }

    private void controller(ControllerDetails controller) {
        json.writeObjectPropertyStart("controller");
        text("name", controller.name());
        text("address", controller.address());
        text("contact", controller.contact());
        text("officer", controller.officer());
        text("representative", controller.representative());
        text("authority", controller.authority());
        json.writeEndObject();
    }

    private void section(SectionLaw law) {
        json.writeStartObject();
        ProcessingTerms terms = law.terms();
        text("purpose", terms.purpose());
        text("basis", terms.basis());
        text("categories", terms.categories());
        text("recipients", terms.recipients());
        text("source", terms.source());
        json.writeArrayPropertyStart("retention");
        for (RetentionTerm term : law.retention()) {
            json.writeStartObject();
            names("roles", term.roles());
            json.writeStringProperty("outcome", term.outcome().word());
            if (term.kept() != null) {
                reason(term.kept());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        if (!law.withheld().isEmpty()) {
            withheld(law.withheld(), false);
        }
        json.writeEndObject();
    }

    private void withheld(List<WithheldPart> parts, boolean named) {
        json.writeArrayPropertyStart("withheld");
        for (WithheldPart part : parts) {
            json.writeStartObject();
            if (named) {
                json.writeStringProperty("section", part.section());
            }
            json.writeStringProperty("kind", part.kind().word());
            names("columns", part.columns());
            names("roles", part.roles());
            if (part.rows() > 0) {
                json.writeNumberProperty("rows", part.rows());
            }
            if (part.kind() == WithheldKind.MASKED) {
                json.writeStringProperty("text", ExportSection.MASK);
            }
            text("reason", part.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void kept(KeptPart part) {
        json.writeStartObject();
        json.writeStringProperty("section", part.section());
        names("roles", List.of(part.role()));
        json.writeStringProperty("kind", part.kept() == null ? "columns" : "rows");
        names("columns", part.columns());
        if (part.kept() != null) {
            reason(part.kept());
        }
        json.writeEndObject();
    }

    private void reason(RetentionReason why) {
        json.writeStringProperty("reason", why.reason());
        if (why.basis() != null) {
            json.writeStringProperty("basis", why.basis());
        }
        if (why.period() != null) {
            json.writeStringProperty("period", why.period().toString());
        }
        json.writeBooleanProperty("thenDelete", why.thenDelete());
    }

    private void names(String name, List<String> values) {
        if (!values.isEmpty()) {
            json.writeArrayPropertyStart(name);
            values.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    private void text(String name, LanguageText text) {
        if (!text.isEmpty()) {
            json.writeObjectPropertyStart(name);
            text.texts().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }
}

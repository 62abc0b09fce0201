package dev.exeunt.internal.export.law;

import dev.exeunt.internal.export.law.BundleLaw.SectionLaw;
import dev.exeunt.internal.export.law.RetentionTerm.RetentionReason;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.map.notice.ControllerDetails;
import dev.exeunt.internal.map.notice.ProcessingTerms;
import dev.exeunt.map.DataMap.LanguageText;
import dev.exeunt.map.DataMap.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in English sentences what an export tells besides rows. Texts of the map are English where the map has them in English. */
public final class LawText {

    private static final List<Locale.LanguageRange> ENGLISH = List.of(new Locale.LanguageRange("en"));
    private static final String UNSTATED = "the service does not state it here";

    private final BundleLaw law;

    public LawText(BundleLaw law) {
        this.law = law;
    }

    private static String plain(LanguageText text) {
        return text.in(ENGLISH).orElse(UNSTATED).replaceAll("\\s+", " ");
    }

    private static void add(List<String> lines, String label, LanguageText text) {
        if (!text.isEmpty()) {
            lines.add(label + ": " + plain(text));
        }
    }

    /** Who is responsible, and whom to write to. */
    public List<String> controller() {
        ControllerDetails controller = law.notice().controller();
        if (controller == null) {
            return List.of("The service does not state here who is responsible for your data. Ask it.");
        }
        List<String> lines = new ArrayList<>();
        add(lines, "Responsible", controller.name());
        add(lines, "Address", controller.address());
        add(lines, "Contact", controller.contact());
        add(lines, "Data protection officer", controller.officer());
        add(lines, "Representative in the European Union", controller.representative());
        return lines;
    }

    /** For what all data is used, unless a section says otherwise. */
    public List<String> use() {
        if (law.notice().isEmpty()) {
            return List.of(
                    "The service does not state here for what it uses your data, who receives it and where it comes"
                            + " from. Where the GDPR applies, you may ask for that (Art. 15).");
        }
        ProcessingTerms all = law.notice().defaults();
        List<String> lines = new ArrayList<>(terms(all, ProcessingTerms.NONE));
        lines.add("Transfers to other countries: " + plain(law.notice().transfers()));
        lines.add("Automated decisions: " + plain(law.notice().automatedDecisions()));
        return lines;
    }

    private static List<String> terms(ProcessingTerms terms, ProcessingTerms told) {
        List<String> lines = new ArrayList<>();
        addNew(lines, "Purpose", terms.purpose(), told.purpose());
        addNew(lines, "Legal basis", terms.basis(), told.basis());
        addNew(lines, "Categories of data", terms.categories(), told.categories());
        addNew(lines, "Recipients", terms.recipients(), told.recipients());
        addNew(lines, "Source", terms.source(), told.source());
        return lines;
    }

    private static void addNew(List<String> lines, String label, LanguageText text, LanguageText told) {
        if (!text.equals(told)) {
            add(lines, label, text);
        }
    }

    /** What is particular to a section: its terms where they differ from those of all data, and how long its rows stay. */
    public List<String> section(SectionLaw section) {
        ProcessingTerms terms = section.terms();
        List<String> lines = new ArrayList<>(terms(terms, law.notice().defaults()));
        if (!law.notice().isEmpty()) {
            unstated(lines, "Purpose", terms.purpose());
            unstated(lines, "Recipients", terms.recipients());
            unstated(lines, "Source", terms.source());
        }
        boolean oneTerm = section.retention().size() == 1;
        section.retention()
                .forEach(term -> lines.add("How long: " + howLong(term)
                        + (oneTerm ? "" : " (rows that are yours as " + String.join(" or ", term.roles()) + ")")));
        return lines;
    }

    private static void unstated(List<String> lines, String label, LanguageText text) {
        if (text.isEmpty()) {
            lines.add(label + ": " + UNSTATED);
        }
    }

    private static String howLong(RetentionTerm term) {
        String stay = "the rows stay when your account is erased, ";
        return switch (term.outcome()) {
            case DELETE -> "at the latest until your account is erased";
            case ANONYMIZE -> stay + "with columns overwritten";
            case DETACH -> stay + "and no longer refer to you";
            case REASSIGN -> stay + "and refer to a stand-in instead of you";
            case KEEP -> stay + (term.kept() == null ? UNSTATED : why(term.kept()));
            case LEAVE_ALONE, UNDECIDED, UNSPECIFIED, STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST -> UNSTATED;
        };
    }

    private static String why(RetentionReason why) {
        String then = why.thenDelete() ? ", then deleted" : "";
        return why.reason()
                + (why.basis() == null ? "" : "; legal basis: " + why.basis())
                + (why.period() == null ? "" : "; for " + why.period().words() + then);
    }

    /** What is not in the bundle, and why. */
    public List<String> withheld() {
        return law.withheld().stream().map(LawText::withheld).toList();
    }

    private static String withheld(WithheldPart part) {
        String columns = String.join(", ", part.columns());
        String roles = String.join(" or ", part.roles());
        String what = switch (part.kind()) {
            case SECTION -> "the service does not hand out these rows";
            case COLUMNS -> "without " + columns;
            case COLUMNS_IN_PART -> columns + " only in rows that are yours as " + roles;
            case MASKED ->
                columns + (roles.isEmpty() ? "" : " in rows that are yours as " + roles) + " replaced by \""
                        + ExportSection.MASK + "\", or empty where it is no text";
            case ROWS -> "without rows that are yours only as " + roles;
            case HELD_BY_OTHERS ->
                (part.rows() == 1 ? "1 row" : part.rows() + " rows")
                        + " found by your name or address, which another account has as well";
        };
        boolean explained = part.kind() == WithheldPart.WithheldKind.HELD_BY_OTHERS;
        String why = part.reason().isEmpty() ? "no reason stated" : "reason: " + plain(part.reason());
        return part.section() + ": " + what + (explained ? "" : "; " + why);
    }

    /** What outlives an erasure, and why. */
    public List<String> kept() {
        return law.kept().stream().map(LawText::kept).toList();
    }

    private static String kept(KeptPart part) {
        String rows = part.section() + (part.onlyRole() ? "" : ", as " + part.role());
        return rows + ": "
                + (part.kept() == null
                        ? "the rows stay, with " + String.join(", ", part.columns()) + " as it is"
                        : why(part.kept()));
    }

    /** The person's rights, and where to complain. */
    public List<String> rights() {
        List<String> lines = new ArrayList<>(
                List.of(
                        "Where the GDPR applies, you may ask the service to correct your data (Art. 16), to erase it (Art. 17),",
                        "to restrict its use (Art. 18), and to hand it to you or another service (Art. 20). You may object to",
                        "its use (Art. 21). You may complain to a supervisory authority, such as the one where you live (Art. 77)."));
        ControllerDetails controller = law.notice().controller();
        if (controller != null && !controller.authority().isEmpty()) {
            lines.add("The service names this one: " + plain(controller.authority()));
        }
        String graces = law.offers().stream().map(LawText::grace).collect(Collectors.joining("; "));
        if (!graces.isEmpty()) {
            lines.add("The service offers: " + graces + ".");
        }
        return lines;
    }

    private static String grace(Offer offer) {
        String flow = switch (offer.flow()) {
            case DELETE_DATA -> "to delete your data";
            case DEACTIVATE -> "to deactivate your account";
            case DELETE_ACCOUNT -> "to delete your account";
        };
        return flow
                + (offer.grace() == null
                        ? ", at once"
                        : ", erased " + offer.grace().words() + " after you ask");
    }
}

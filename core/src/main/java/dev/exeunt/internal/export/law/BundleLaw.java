package dev.exeunt.internal.export.law;

import dev.exeunt.export.ExportSummary.SectionRows;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.map.notice.PrivacyNotice;
import dev.exeunt.internal.map.notice.ProcessingTerms;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.map.DataMap.Offer;
import java.util.List;

/**
 * Holds what an export tells of the use of the data as a whole (GDPR Art. 15(1) and (2)).
 *
 * @param offers the flows that the application offers
 * @param withheld what the export does not hold
 * @param kept what outlives an erasure of the account
 */
public record BundleLaw(PrivacyNotice notice, List<Offer> offers, List<WithheldPart> withheld, List<KeptPart> kept) {

    public BundleLaw {
        offers = List.copyOf(offers);
        withheld = List.copyOf(withheld);
        kept = List.copyOf(kept);
    }

    /** @param heldByOthers rows left out since another present person holds their value; of the sections that have some */
    public static BundleLaw of(Plan plan, List<SectionRows> heldByOthers) {
        return new BundleLaw(
                plan.map().notice(), plan.map().offers(), WithheldParts.of(plan, heldByOthers), KeptPart.of(plan));
    }

    /**
     * Holds what an export tells of the use of one section's rows.
     *
     * @param terms with the map's defaults where the table says nothing of its own
     * @param retention what becomes of the rows when the account is erased; at least one
     */
    public record SectionLaw(ProcessingTerms terms, List<RetentionTerm> retention, List<WithheldPart> withheld) {

        public SectionLaw {
            retention = List.copyOf(retention);
            withheld = List.copyOf(withheld);
        }

        public static SectionLaw of(Plan plan, ExportSection section) {
            return new SectionLaw(
                    plan.map().terms(section.name()),
                    RetentionTerm.of(section.roles()),
                    WithheldParts.of(section.planned()));
        }
    }
}

package dev.exeunt.plan.proof;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.Fix;
import dev.exeunt.map.Lifecycle.Offer;
import dev.exeunt.map.Span;
import java.time.Duration;
import java.util.List;

/** Whether an erasure would come too late: GDPR, article 12 (3), gives a month from the request. */
final class GracePeriods {

    private static final Duration MONTH = Duration.ofDays(30);

    private GracePeriods() {}

    static List<Finding> of(DataMap map) {
        return map.lifecycle().offers().stream()
                .filter(GracePeriods::tooLong)
                .map(GracePeriods::finding)
                .toList();
    }

    private static boolean tooLong(Offer offer) {
        Span grace = offer.grace();
        return grace != null && grace.longest().compareTo(MONTH) > 0;
    }

    private static Finding finding(Offer offer) {
        String flow = offer.flow().word();
        return Finding.of(
                FindingCode.GRACE_TOO_LONG,
                offer.at(),
                flow,
                "the grace period of " + flow + " is " + offer.grace()
                        + ": longer than the month in which the law wants a request answered.",
                Fix.entries(
                        List.of("flows", flow),
                        "grace: 30d",
                        "accept: { grace-too-long: { " + flow + ": why it may } }"));
    }
}

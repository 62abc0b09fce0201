package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.LifecycleSettings.OfferedFlow;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.map.TimeSpan;
import java.time.Duration;
import java.util.List;

/** Warns where a grace period exceeds the month that GDPR Art. 12(3) allows for an answer. */
public final class LongGracePeriodCheck {

    private static final Duration MONTH = Duration.ofDays(30);

    private LongGracePeriodCheck() {}

    public static List<Finding> check(MapDefinition map) {
        return map.lifecycle().offers().stream()
                .filter(LongGracePeriodCheck::tooLong)
                .map(LongGracePeriodCheck::finding)
                .toList();
    }

    private static boolean tooLong(OfferedFlow offer) {
        TimeSpan grace = offer.grace();
        return grace != null && grace.longest().compareTo(MONTH) > 0;
    }

    private static Finding finding(OfferedFlow offer) {
        String flow = offer.flow().word();
        return FindingCode.GRACE_TOO_LONG.finding(
                offer.at(),
                flow,
                "the grace period of " + flow + " is " + offer.grace()
                        + ": longer than the month in which the law wants a request answered.",
                SuggestedFix.entries(
                        List.of("flows", flow),
                        "grace: 30d",
                        "accept: { grace-too-long: { " + flow + ": why it may } }"));
    }
}

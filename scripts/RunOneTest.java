import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintWriter;
import java.util.Arrays;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs test methods, each named as {@code CLASS#METHOD}. Ends with 0 where all pass, with 1 where one fails and with 2 where there
 * is none.
 */
public final class RunOneTest {

    public static void main(String[] tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        MethodSelector[] selectors = Arrays.stream(tests).map(RunOneTest::selector).toArray(MethodSelector[]::new);
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request().selectors(selectors).build(), listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true), 3);
        System.exit(summary.getTotalFailureCount() > 0 ? 1 : summary.getTestsSucceededCount() == 0 ? 2 : 0);
    }

    /** A parameterized test is found by its name alone where its parameters are written out. */
    private static MethodSelector selector(String test) {
        try {
            Class<?> type = Class.forName(test.substring(0, test.indexOf('#')));
            String name = test.substring(test.indexOf('#') + 1);
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.getName().equals(name))
                    .findFirst()
                    .map(method -> selectMethod(type, method))
                    .orElseThrow(() -> new IllegalArgumentException("no such test: " + test));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("no such test: " + test, e);
        }
    }
}

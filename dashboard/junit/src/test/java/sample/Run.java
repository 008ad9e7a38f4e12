package sample;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a build tool does: runs test classes of this package and says what became of each test and container. */
final class Run {
    private Run() {}

    /** @param classes simple names */
    public static void main(String[] classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(List.of(classes).stream()
                        .map(name -> selectClass("sample." + name))
                        .toList())
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                String thrown = result.getThrowable().map(Throwable::toString).orElse("");
                System.out.println("== " + result.getStatus() + " " + test.getDisplayName() + "\n" + thrown);
            }
        });
        System.exit(0);
    }
}

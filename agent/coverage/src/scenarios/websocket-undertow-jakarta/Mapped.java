import jakarta.servlet.DispatcherType;
import io.undertow.servlet.api.DeploymentInfo;

/** Where a filter works. */
final class Mapped {
    private Mapped() {}

    static void everywhere(DeploymentInfo site, String filter) {
        site.addFilterUrlMapping(filter, "/*", DispatcherType.REQUEST);
    }
}

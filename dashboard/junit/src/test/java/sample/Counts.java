package sample;

import dev.headroom.junit.PerformanceBudget;
import dev.headroom.junit.Scope;
import org.junit.jupiter.api.Test;

/** Every count is held to "=", so that one call more or less is red. */
@PerformanceBudget
class Counts extends SampleDatabase {
    @Test
    @PerformanceBudget(scope = "exact.outer")
    void nestedScopesAddUp() throws Exception {
        service.owner(1);
        Scope.measure("exact.inner", () -> {
            service.owner(2);
            service.owner(3);
        });
        String name = Scope.measure("exact.inner", () -> {
            service.owner(4);
            return service.owner(5);
        });
        service.owner(name.length());
    }

    @Test
    @PerformanceBudget(scope = "exact.threads")
    void whatOtherThreadsDoWithinTheScopeCounts() throws Exception {
        Thread other = new Thread(() -> {
            try {
                service.owner(1);
                service.owner(2);
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        other.start();
        other.join();
        service.owner(3);
    }

    @Test
    @PerformanceBudget(scope = "exact.repeated", repeat = 5, warmup = 2)
    void runsAreSamples() throws Exception {
        service.owner(1);
    }

    @Test
    @PerformanceBudget(scope = "exact.writes")
    void writesAreCountedApart() throws Exception {
        try (var statement = connection.prepareStatement("UPDATE owner SET name = ? WHERE id = ?")) {
            for (int id = 0; id < 4; id++) {
                statement.setString(1, "new");
                statement.setInt(2, id);
                statement.executeUpdate();
            }
        }
    }

    @Test
    @PerformanceBudget(scope = "mild")
    void aWarningFailsNothing() throws Exception {
        service.owner(1);
        service.owner(2);
    }
}

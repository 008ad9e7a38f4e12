package sample;

import dev.headroom.junit.PerformanceBudget;
import dev.headroom.junit.Scope;
import org.junit.jupiter.api.Test;

/** Each of these is red. */
@PerformanceBudget
class Wrong extends SampleDatabase {
    @Test
    @PerformanceBudget(scope = "cached.read")
    void readsNoCache() throws Exception {
        service.owner(1);
    }

    @Test
    @PerformanceBudget(scope = "slow", repeat = 3)
    void takesTooLong() throws Exception {
        service.owner(1);
        long until = System.nanoTime() + 4_000_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Test
    void opensAScopeOnAnotherThread() throws Throwable {
        Throwable[] thrown = new Throwable[1];
        Thread other = new Thread(() -> {
            try {
                Scope.measure("beside", () -> {});
            } catch (Throwable refused) {
                thrown[0] = refused;
            }
        });
        other.start();
        other.join();
        if (thrown[0] != null) {
            throw thrown[0];
        }
    }

    @Test
    @PerformanceBudget(file = "nowhere.yaml")
    void namesAFileThatIsNotThere() {}
}

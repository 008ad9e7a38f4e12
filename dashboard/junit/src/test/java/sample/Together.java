package sample;

import dev.headroom.junit.PerformanceBudget;
import org.junit.jupiter.api.Test;

@PerformanceBudget(scope = "exact.together")
class Together extends SampleDatabase {
    @Test
    void one() throws Exception {
        service.owner(1);
    }

    @Test
    void other() throws Exception {
        service.owner(1);
        service.owner(2);
    }
}

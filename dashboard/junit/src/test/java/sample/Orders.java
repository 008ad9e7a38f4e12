package sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.headroom.junit.PerformanceBudget;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@PerformanceBudget
class Orders extends SampleDatabase {
    @Test
    void listsOwners() throws Exception {
        assertEquals(OrderService.ORDERS, service.owners(REPAIRED).size());
    }

    @RepeatedTest(3)
    void listsOwnersAgainAndAgain() throws Exception {
        assertEquals(OrderService.ORDERS, service.owners(REPAIRED).size());
    }
}

package sample;

import org.junit.jupiter.api.Test;

/** Gated where JUnit finds extensions by itself. */
class Unannotated extends SampleDatabase {
    @Test
    void listsOwners() throws Exception {
        service.owners(REPAIRED);
    }
}

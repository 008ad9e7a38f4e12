package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallersTest {
    private final Callers callers = new Callers();

    @Test
    void nobodyIsToldOfUntilSomebodyAsks() {
        assertThat(callers.wanted()).isFalse();
        callers.want();
        assertThat(callers.wanted()).isTrue();
    }

    @Test
    void runsAreCountedByStatementAndHandedOverOnce() {
        callers.ran("07");
        callers.ran("07");
        callers.ran("09");

        assertThat(callers.drain())
                .hasSize(2)
                .hasEntrySatisfying(
                        "07",
                        places -> assertThat(places.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                                .isEqualTo(2));
        assertThat(callers.drain()).isEmpty();
    }

    @Test
    void statementsBeyondTheCapAreNotKept() {
        for (int statement = 0; statement < Callers.MAX_STATEMENTS + 10; statement++) {
            callers.ran("" + statement);
        }

        assertThat(callers.drain()).hasSize(Callers.MAX_STATEMENTS);
    }
}

package dev.headroom.core.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.control.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GovernorTest {
    private static final double BUDGET = 0.01;

    private final Governor governor = started();

    private static Governor started() {
        Governor governor = new Governor(BUDGET);
        for (int i = 0; i < Governor.UNJUDGED; i++) {
            assertThat(governor.window(1)).as("the start is not judged").isEqualTo(Detail.ALL);
        }
        return governor;
    }

    private Detail windows(int count, double share) {
        Detail last = Detail.ALL;
        for (int i = 0; i < count; i++) {
            last = governor.window(share);
        }
        return last;
    }

    /** Shares are per cent, one after the other, repeated; expected is the level after so many windows. */
    @ParameterizedTest
    @CsvSource({
        "0,             100, ALL",
        "0.9,           100, ALL",
        "1,             100, ALL",
        "1.1,             5, ALL",
        "1.1,             6, NO_EXAMPLES",
        "1.1,            11, NO_EXAMPLES",
        "1.1,            12, NO_PATTERNS",
        "1.1,            18, COUNTS_ONLY",
        "1.1,            24, OFF",
        "1.1,           100, OFF",
        // one dear window in six is a pause of the machine
        "90 0 0 0 0 0,  100, ALL",
        "90 90 0 0 0 0,   6, NO_EXAMPLES",
        // dear and cheap in turns, above the budget on average
        "3 0,             6, NO_EXAMPLES",
    })
    void stepsDownWhenTheLastWindowsWithoutTheDearestAreAboveTheBudget(String percents, int count, Detail expected) {
        String[] shares = percents.trim().split(" ");
        Detail last = Detail.ALL;
        for (int i = 0; i < count; i++) {
            last = governor.window(Double.parseDouble(shares[i % shares.length]) / 100);
        }
        assertThat(last).isEqualTo(expected);
    }

    @Test
    void recoversLevelByLevelAfterQuietWindows() {
        windows(12, 0.02);
        assertThat(windows(Governor.LEAST_PATIENCE - 1, 0.001)).isEqualTo(Detail.NO_PATTERNS);
        assertThat(windows(1, 0.001)).isEqualTo(Detail.NO_EXAMPLES);
        assertThat(windows(Governor.LEAST_PATIENCE - 1, 0.001)).isEqualTo(Detail.NO_EXAMPLES);
        assertThat(windows(1, 0.001)).isEqualTo(Detail.ALL);
    }

    @Test
    void staysWhereItIsWhileTheCostIsNeitherAboveTheBudgetNorLow() {
        windows(6, 0.02);
        assertThat(windows(1_000, 0.007)).isEqualTo(Detail.NO_EXAMPLES);
    }

    @Test
    void aLoadThatOnlyFitsWithoutTimingsDoesNotMakeItFlap() {
        Function<Detail, Double> load = detail -> detail.timings() ? 0.02 : 0.003;
        List<Integer> descents = new ArrayList<>();
        Detail before = Detail.ALL;
        int day = 24 * 3_600 / 5;
        for (int window = 0; window < day; window++) {
            Detail after = governor.window(load.apply(before));
            if (after.compareTo(before) > 0) {
                descents.add(window);
            }
            before = after;
        }
        assertThat(descents.size()).as("descents within a day").isLessThan(40);
        assertThat(governor.patience()).isEqualTo(Governor.MOST_PATIENCE);
        int last = descents.size() - 1;
        assertThat(descents.get(last) - descents.get(last - 1)).isGreaterThanOrEqualTo(Governor.MOST_PATIENCE);
    }

    @Test
    void patienceIsAsAtFirstAfterALongTimeAtFullDetail() {
        windows(6, 0.02);
        windows(Governor.LEAST_PATIENCE, 0);
        windows(6, 0.02);
        assertThat(governor.patience()).isEqualTo(2 * Governor.LEAST_PATIENCE);
        windows(governor.patience(), 0);
        assertThat(windows(Governor.LASTING * governor.patience() + 1, 0.009)).isEqualTo(Detail.ALL);
        assertThat(governor.patience()).isEqualTo(Governor.LEAST_PATIENCE);
    }
}

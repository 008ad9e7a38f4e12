package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The units of limits. kB, MB, GB are decimal; KiB, MiB, GiB binary. */
public enum Unit {
    NONE("", Dimension.NUMBER, "1"),
    MICROSECOND("us", Dimension.TIME, "0.000001"),
    MILLISECOND("ms", Dimension.TIME, "0.001"),
    SECOND("s", Dimension.TIME, "1"),
    MINUTE("m", Dimension.TIME, "60"),
    HOUR("h", Dimension.TIME, "3600"),
    DAY("d", Dimension.TIME, "86400"),
    PERCENT("%", Dimension.SHARE, "0.01"),
    KILOBYTE("kB", Dimension.SIZE, "1000"),
    MEGABYTE("MB", Dimension.SIZE, "1000000"),
    GIGABYTE("GB", Dimension.SIZE, "1000000000"),
    KIBIBYTE("KiB", Dimension.SIZE, "1024"),
    MEBIBYTE("MiB", Dimension.SIZE, "1048576"),
    GIBIBYTE("GiB", Dimension.SIZE, "1073741824"),
    PER_SECOND("/s", Dimension.RATE, "1"),
    PER_MINUTE("/min", Dimension.RATE, "0.016666666666666666667");

    private final String symbol;
    private final Dimension dimension;
    private final BigDecimal factor;

    Unit(String symbol, Dimension dimension, String factor) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.factor = new BigDecimal(factor);
    }

    public String symbol() {
        return symbol;
    }

    public Dimension dimension() {
        return dimension;
    }

    /** The amount in the dimension's own unit: seconds, bytes, a share of one, per second. */
    BigDecimal base(BigDecimal amount) {
        return amount.multiply(factor);
    }

    static @Nullable Unit of(String symbol) {
        for (Unit unit : values()) {
            if (unit.symbol.equals(symbol)) {
                return unit;
            }
        }
        return null;
    }

    static List<String> symbols() {
        List<String> symbols = new ArrayList<>();
        for (Unit unit : values()) {
            if (unit != NONE) {
                symbols.add(unit.symbol);
            }
        }
        return symbols;
    }
}

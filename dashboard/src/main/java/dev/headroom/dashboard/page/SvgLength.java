package dev.headroom.dashboard.page;

/** Numbers as SVG takes them, in the root locale; a page writes thousands, so not with a format string. Stateless. */
final class SvgLength {
    private SvgLength() {}

    /** With two digits behind the point and a per cent sign; -0 is 0. */
    static String percent(double value) {
        return fixed(value, 100) + "%";
    }

    /** With one digit behind the point. */
    static String tenth(double value) {
        return fixed(value, 10);
    }

    private static String fixed(double value, int parts) {
        long whole = Math.round(Math.abs(value) * parts);
        StringBuilder text = new StringBuilder();
        if (value < 0 && whole != 0) {
            text.append('-');
        }
        text.append(whole / parts).append('.');
        for (long digit = parts / 10; digit > 0; digit /= 10) {
            text.append(whole / digit % 10);
        }
        return text.toString();
    }
}

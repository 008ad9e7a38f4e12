package dev.headroom.dashboard.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void whatCouldForgeALineOrMoveTheCursorIsSpelt() {
        assertThat(PlainText.of("a\r\nb", false)).isEqualTo("a\\u000d\\u000ab");
        assertThat(PlainText.of("\u001b[31mred", false)).isEqualTo("\\u001b[31mred");
        assertThat(PlainText.of("\u0000\u007f\u009b", false)).isEqualTo("\\u0000\\u007f\\u009b");
        assertThat(PlainText.of("\u202Etxt\u2066\u200b\u2028", false)).isEqualTo("\\u202etxt\\u2066\\u200b\\u2028");
        assertThat(PlainText.of("\uD800x\uDC00", false)).isEqualTo("\\ud800x\\udc00");
    }

    @Test
    void everythingElseStays() {
        assertThat(PlainText.of("Grüße, 東京 \uD83D\uDE00\t100 %", false)).isEqualTo("Grüße, 東京 \uD83D\uDE00\t100 %");
        assertThat(PlainText.of("two\nlines", true)).isEqualTo("two\nlines");
        assertThat(PlainText.of(null, false)).isEqualTo("null");
    }
}

package dev.headroom.demo.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
    @Test
    void comesBackAsItWasToTheMicrosecond() {
        Cursor cursor = new Cursor(OffsetDateTime.parse("2026-10-20T12:00:00.123456Z"), 7);

        assertThat(Cursor.of(cursor.text())).isEqualTo(cursor);
        assertThat(Cursor.of(null)).isEqualTo(Cursor.beginning());
        assertThat(Cursor.of(new Cursor(OffsetDateTime.parse("1969-12-31T23:59:59.5Z"), 1).text())
                        .at())
                .isEqualTo(OffsetDateTime.parse("1969-12-31T23:59:59.5Z"));
    }

    @Test
    void saysWhatIsNoCursor() {
        for (String wrong : List.of("", "12", "a_b", "1_")) {
            assertThatThrownBy(() -> Cursor.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("next_cursor");
        }
    }

    @Test
    void aPageHasTheNextOnesCursorOnlyWhereThereIsANextOne() {
        Page<Long> more = Page.after(
                List.of(3L, 2L, 1L), 2, id -> new Cursor(Cursor.beginning().at(), id));
        Page<Long> last =
                Page.after(List.of(1L), 2, id -> new Cursor(Cursor.beginning().at(), id));

        assertThat(more.items()).containsExactly(3L, 2L);
        assertThat(more.hasMore()).isTrue();
        assertThat(more.nextCursor()).endsWith("_2");
        assertThat(last.hasMore()).isFalse();
        assertThat(last.nextCursor()).isNull();
        assertThat(Page.numbered(List.of(1L), 21, 20).hasMore()).isFalse();
    }
}

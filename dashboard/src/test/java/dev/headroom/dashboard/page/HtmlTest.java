package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void textsAndValuesAreEscaped() {
        String html = new Html()
                .open("td", "class", "n", "title", "a \"b\" & <c>")
                .text("<script>alert('x')</script> & more")
                .close("td")
                .toString();

        assertThat(html)
                .isEqualTo("<td class=\"n\" title=\"a &quot;b&quot; &amp; &lt;c&gt;\">"
                        + "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; more</td>");
    }

    @Test
    void attributesWithoutAValueAreLeftOut() {
        assertThat(new Html().open("td", "class", "", "title", null).close("td").toString())
                .isEqualTo("<td></td>");
        assertThat(new Html().empty("rect", "height", "8").toString()).isEqualTo("<rect height=\"8\"/>");
    }
}

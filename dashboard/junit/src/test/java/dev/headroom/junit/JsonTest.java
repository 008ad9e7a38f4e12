package dev.headroom.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesWhatReportsHold() {
        Map<String, Object> object = Json.object();
        object.put("text", "a \"b\" \\ \n");
        object.put("list", Arrays.asList(1L, 0.5, null));
        object.put("empty", List.of());
        object.put("none", Double.NaN);
        object.put("inner", Json.object());

        assertThat(Json.text(object))
                .isEqualTo("{\"text\":\"a \\\"b\\\" \\\\ \\u000a\",\"list\":[1,0.5,null],\"empty\":[],\"none\":null,"
                        + "\"inner\":{}}");
    }
}

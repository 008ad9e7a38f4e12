package dev.headroom.dashboard.budget.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema for editors: takes what the reader takes, refuses typos, and knows the reader's words. */
class BudgetSchemaTest {
    private static final JsonNode TEXT = JsonMapper.shared().readTree(BudgetSchema.text());
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(BudgetSchema.text());

    private static Set<ValidationMessage> faults(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML);
    }

    @ParameterizedTest
    @ValueSource(strings = {"headroom:recommended", "headroom:crud", "headroom:cache", "headroom:jvm", "headroom:none"})
    void embeddedPacksFollowIt(String pack) {
        assertThat(faults(BudgetFileReader.text(pack))).isEmpty();
    }

    @Test
    void theWorkedExampleFollowsIt() throws IOException {
        assertThat(faults(SeedFiguresTest.resource("guides.yaml"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            http-p95, signal: http,|http-p95, signl: http,
            http-p95, signal: http,|http-p95, signal: htp,
            http-p95, signal: http,|Http-P95, signal: http,
            http-p95, signal: http,|http-p95, on: http,
            measure: p50(duration), target: "< 200ms"|measure: p50 (duration), target: "< 200ms"
            measure: p50(duration), target: "< 200ms"|measure: p50(duration), target: "<200ms"
            measure: p50(duration), target: "< 200ms"|measure: p50(duration), target: "< 200sec"
            measure: p50(duration), target: "< 200ms"|measure: p50(duration), target: "< 200ms", acceptble: "< 1s"
            severity: page }|severity: pages }
            per: [service, route]|per: [service, rout]
            confidence: 0.99 |confidnce: 0.99
            burn: { period: 30d }|burn: { periode: 30d }
            no_data: ignore |no_data: ignored
            { to: previous-deploy }|{ to: last-deploy }
            where: { command: [|where: { comand: [
            where: { class: list }|where: { clas: list }
            over: 100ms, log: WARN|over: 100, log: WARN
            slow_query: |slow_qery:
            until: "2099-12-31"|until: "soon"
            webhook:|webhok:
            budgets:|budget:
            """)
    void typosAreRefusedByBoth(String right, String wrong) throws IOException {
        String yaml = SeedFiguresTest.resource("guides.yaml");
        assertThat(yaml).contains(right);
        String edited = yaml.replace(right, wrong);
        assertThat(faults(edited)).as("schema").isNotEmpty();
        BudgetFileReader reader = new BudgetFileReader(java.time.LocalDate.of(2026, 11, 21));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> reader.parse("x", edited)))
                .as("reader")
                .isInstanceOf(BudgetFileException.class);
    }

    private static List<String> words(String pointer) {
        List<String> words = new ArrayList<>();
        TEXT.at(pointer).forEach(word -> words.add(word.asString()));
        return words;
    }

    private static List<String> keys(String pointer) {
        return List.copyOf(TEXT.at(pointer).propertyNames());
    }

    @Test
    void itKnowsTheReadersWords() {
        assertThat(keys("/properties")).containsExactlyInAnyOrderElementsOf(BudgetFileReader.TOP);
        assertThat(words("/properties/extends/items/enum")).containsExactlyElementsOf(BudgetFileReader.PACKS);
        assertThat(keys("/$defs/knobs/properties")).containsExactlyElementsOf(KnobsReader.KEYS);
        String budget = "/$defs/core/allOf/1/properties";
        assertThat(keys(budget)).containsExactlyInAnyOrderElementsOf(BudgetReader.KEYS);
        assertThat(words(budget + "/signal/enum")).containsExactlyElementsOf(Signal.keys());
        assertThat(words(budget + "/per/items/enum")).containsExactlyElementsOf(Per.keys());
        assertThat(keys("/$defs/capture/properties")).containsExactlyElementsOf(ShapeReader.CAPTURE_FIELDS);
        assertThat(words("/$defs/capture/properties/with/items/enum")).containsExactlyElementsOf(ShapeReader.CAPTURED);
        assertThat(keys("/properties/capture/properties"))
                .containsExactlyInAnyOrderElementsOf(ShapeReader.CAPTURE_KINDS);
        String limit = TEXT.at("/$defs/limit/pattern").asString();
        for (String unit : Unit.symbols()) {
            assertThat("< 5" + unit).matches(limit);
        }
        List<String> told = new ArrayList<>();
        for (JsonNode rule : TEXT.at("/$defs/core/allOf")) {
            if (rule.has("if")) {
                Signal signal = Signal.of(rule.at("/if/properties/signal/const").asString());
                told.add(signal.key());
                List<String> known = new ArrayList<>();
                rule.at("/then/properties/where/propertyNames/enum").forEach(key -> known.add(key.asString()));
                assertThat(known).as(signal.key()).containsExactlyInAnyOrderElementsOf(signal.selectors());
            }
        }
        assertThat(told).hasSize(Signal.keys().size() - 1);
    }
}

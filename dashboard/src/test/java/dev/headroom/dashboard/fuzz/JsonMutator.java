package dev.headroom.dashboard.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes a JSON document value by value, and puts text where the grammar wants none. Not thread-safe. */
public final class JsonMutator {
    private static final int DEEPEST = 5_000;
    private static final String MARK = "@@odd@@";
    private static final String[] ODD = {
        "null",
        "true",
        "-1",
        "0",
        "1e400",
        "-1e400",
        "1e999999999",
        "123456789012345678901234567890",
        "0.1e-400",
        "9223372036854775808",
        "\"9223372036854775808\"",
        "\"NaN\"",
        "\"Infinity\"",
        "\"-Infinity\"",
        "\"0x1p3\"",
        "\"\"",
        "\" 1\"",
        "\"\\u0000\\ud800\"",
        "[]",
        "{}",
        "[[[1]]]",
        "{\"a\":{\"a\":{}}}",
        "[1,\"a\",null,{}]"
    };

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Random random;

    public JsonMutator(Random random) {
        this.random = random;
    }

    public byte[] mutate(byte[] sound) {
        JsonNode tree = mapper.readTree(sound);
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        List<String> odd = new ArrayList<>();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            change(containers.get(random.nextInt(containers.size())), odd);
        }
        String text = tree.toString();
        for (String value : odd) {
            text = text.replaceFirst("\"" + MARK + "\"", Matcher.quoteReplacement(value));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(6) == 0 ? Bytes.damaged(bytes, random) : bytes;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private void change(JsonNode container, List<String> odd) {
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(5) == 0) {
                object.remove(name);
            } else {
                object.put(name, MARK);
                odd.add(oddText());
            }
        } else if (container instanceof ArrayNode array && !array.isEmpty()) {
            JsonNode one = array.get(random.nextInt(array.size()));
            switch (random.nextInt(4)) {
                case 0 -> array.remove(random.nextInt(array.size()));
                case 1 -> {
                    for (int times = random.nextInt(30); times > 0; times--) {
                        array.add(one.deepCopy());
                    }
                }
                default -> {
                    array.set(
                            random.nextInt(array.size()),
                            mapper.getNodeFactory().stringNode(MARK));
                    odd.add(oddText());
                }
            }
        }
    }

    private String oddText() {
        int depth = random.nextInt(DEEPEST);
        return switch (random.nextInt(12)) {
            case 0 -> "[".repeat(depth) + "]".repeat(depth);
            case 1 -> "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            case 2 -> "\"" + "x".repeat(random.nextInt(50_000)) + "\"";
            case 3 -> "9".repeat(1 + random.nextInt(2_000));
            default -> ODD[random.nextInt(ODD.length)];
        };
    }
}

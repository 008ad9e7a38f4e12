package dev.headroom.core.hook.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.control.Detail;
import dev.headroom.core.control.Switches;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPatternsTest {
    private final Switches switches = new Switches();
    private final KeyPatterns patterns = new KeyPatterns(switches);

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "user:profile:123 user:profile:{id}",
                "users users",
                "session:550e8400-e29b-41d4-a716-446655440000 session:{uuid}",
                "session-550e8400-e29b-41d4-a716-446655440000:cart session-{uuid}:cart",
                "blob:d41d8cd98f00b204e9800998ecf8427e blob:{uuid}",
                "etag:9af015e3c7b21d {hexOf:etag}",
                "mail:john.doe@example.com:inbox mail:{email}:inbox",
                "rate:10.20.30.40 rate:{ip}",
                "rate:10.20.30.40:6379 rate:{ip}:{id}",
                "rate:2001:db8::8a2e:370:7334 rate:{ip}",
                "day:2024-02-29 day:{date}",
                "day:2024-02-29T10 day:{date}",
                "day:20240229:total day:{date}:total",
                "seen:1700000000 seen:{ts}",
                "seen:1700000000123 seen:{ts}",
                "jwt:eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9 jwt:{token}",
                "event:01ARZ3NDEKTSV4RRFFQ69G5FAV event:{token}",
                "order:A12345 order:{id}",
                "{user:42}:cart {user:{id}}:cart",
                "a/b|c#d.e a/b|c#d.e",
                "item_17-price item_{id}-price",
                "cache:sha256 cache:sha256",
                "cache:user1234 cache:user{id}",
                "cache:product-recommendations-v2 cache:product-recommendations-v2",
                "cache:recommendedProductsForUser cache:recommendedProductsForUser",
                "api/v1/pets/7 api/v1/pets/{id}",
                "größe:1 größe:{id}",
                "people:O'Hara people:{*}",
                "cache::getPets(jane) cache::{*}",
                "search:jane%20doe:1 search:{*}:{id}",
            })
    void replacesWhatVaries(String key, String pattern) {
        String expected = pattern.equals("{hexOf:etag}") ? "etag:{hex}" : pattern;
        assertThat(shape(key)).isEqualTo(expected);
    }

    @Test
    void aShapeFoundByComparingIsTheOneFoundByWalking() {
        String[] parts = {
            "user",
            "session",
            "cafe",
            "dead",
            "beef",
            "a",
            "x",
            "item_17",
            "sha256",
            "größe",
            "1",
            "42",
            "1700000000",
            "20240229",
            "10",
            "0",
            "2001",
            "db8",
            "john",
            "john@example",
            "com",
            "best-seller",
            "{",
            "}",
            "",
            "F00",
            "recommendedProductsForUser"
        };
        String separators = ":/|.#:";
        Random random = new Random(7);
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder(parts[random.nextInt(parts.length)]);
            for (int more = random.nextInt(6); more > 0; more--) {
                text.append(separators.charAt(random.nextInt(separators.length())))
                        .append(parts[random.nextInt(parts.length)]);
            }
            byte[] key = ("__" + text + "__").getBytes(StandardCharsets.UTF_8);
            KeyPattern walked = patterns.walked(key, 2, key.length - 2);
            assertThat(patterns.of(key, 2, key.length - 2)).as("%s", text).isSameAs(walked);
        }
    }

    @Test
    void oneShapeStandsForAllKeysWhileNoneAreWanted() {
        byte[] key = "user:42".getBytes(StandardCharsets.UTF_8);
        switches.govern(Detail.NO_PATTERNS);
        assertThat(patterns.wanted(key, 0, key.length).text()).isEqualTo("{any}");
        assertThat(patterns.size()).as("shapes kept").isZero();
        switches.govern(Detail.NO_EXAMPLES);
        assertThat(patterns.wanted(key, 0, key.length).text()).isEqualTo("user:{id}");
    }

    @Test
    void binaryKeysAreNotShown() {
        assertThat(patterns.of(new byte[] {1, 2, 3}).text()).isEqualTo("{binary}");
        assertThat(patterns.of(new byte[] {'a', (byte) 0xFF}).text()).isEqualTo("{binary}");
    }

    @Test
    void skipsThePrefixOfJavaSerialisation() {
        byte[] text = "pets:12".getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[7 + text.length];
        System.arraycopy(new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 0x74, 0, 7}, 0, key, 0, 7);
        System.arraycopy(text, 0, key, 7, text.length);
        assertThat(patterns.of(key).text()).isEqualTo("pets:{id}");
    }

    @Test
    void wordsThatSomebodyWroteAreNoName() {
        assertThat(shape("search:Jane Doe")).isEqualTo("search:{*}");
        assertThat(shape("users::SimpleKey [jane, doe]")).isEqualTo("users::{*}");
        assertThat(shape("day:2024-02-29 10")).isEqualTo("day:{date}");
    }

    @Test
    void emptyAndEndlessKeysHaveAShape() {
        assertThat(shape("")).isEmpty();
        assertThat(shape("a:" + "x".repeat(5_000))).isEqualTo("a:{*}");
        assertThat(shape("a:".repeat(100))).hasSizeLessThan(60);
    }

    @Test
    void manyNamesInOnePlaceAreNoNames() {
        for (int i = 0; i < KeyPatterns.MAX_NAMES; i++) {
            assertThat(shape("nick:" + letters(i))).isEqualTo("nick:" + letters(i));
        }
        assertThat(shape("nick:" + letters(99))).isEqualTo("nick:{*}");
        assertThat(shape("nick:" + letters(0))).isEqualTo("nick:{*}");
        assertThat(patterns.size()).isEqualTo(1);
    }

    @Test
    void keepsNoMoreShapesThanTheCap() {
        for (int a = 0; a < 60; a++) {
            for (int b = 0; b < 60; b++) {
                shape(letters(a) + ":" + letters(b));
            }
        }
        assertThat(patterns.size()).isLessThanOrEqualTo(KeyPatterns.MAX_PATTERNS);
        assertThat(shape("something:else:altogether")).isEqualTo("{other}");
        assertThat(shape(letters(0) + ":" + letters(0))).isEqualTo(letters(0) + ":" + letters(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"number", "uuid", "hex", "mail", "address", "date", "token"})
    void noIdLeaks(String kind) {
        Random random = new Random(20_261_121);
        Function<Random, String> ids = ids(kind);
        String[] templates = {"%s", "user:%s", "user:%s:cart", "a/%s/b", "{tag:%s}:x", "x|%s#y", "k:%s.v", "pre-%s"};
        for (int i = 0; i < 20_000; i++) {
            String id = ids.apply(random);
            String key = String.format(Locale.ROOT, templates[i % templates.length], id);
            assertThat(shape(key)).as(key).doesNotContain(id);
        }
        assertThat(patterns.size()).isLessThan(200);
    }

    private static Function<Random, String> ids(String kind) {
        return switch (kind) {
            case "number" -> random -> Long.toString(random.nextLong(10, Long.MAX_VALUE));
            case "uuid" -> random -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "hex" -> random -> "1" + Long.toHexString(random.nextLong() | 1L << 60);
            case "mail" -> random -> word(random, 8) + "." + word(random, 5) + "@" + word(random, 6) + ".org";
            case "address" ->
                random -> random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                        + (10 + random.nextInt(246));
            case "date" ->
                random -> String.format(
                        Locale.ROOT,
                        "%04d-%02d-%02d",
                        1990 + random.nextInt(50),
                        1 + random.nextInt(12),
                        1 + random.nextInt(28));
            default -> KeyPatternsTest::token;
        };
    }

    private static String token(Random random) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        StringBuilder token = new StringBuilder("a7");
        for (int i = 0; i < 24; i++) {
            token.append(letters.charAt(random.nextInt(letters.length())));
        }
        return token.toString();
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private static String letters(int number) {
        return "n" + (char) ('a' + number / 26) + (char) ('a' + number % 26) + "e";
    }

    private String shape(String key) {
        return patterns.of(key.getBytes(StandardCharsets.UTF_8)).text();
    }
}

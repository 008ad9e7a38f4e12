package dev.headroom.core.hook.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.hook.redis.RedisCommand.Lookup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RespValueTest {
    private final List<String> elements = new ArrayList<>();
    private boolean transaction;

    private final ReplyReader reader = new ReplyReader(new ReplyReader.Elements() {
        @Override
        public boolean expected() {
            return transaction;
        }

        @Override
        public void element(Answer answer, String error) {
            elements.add(error.isEmpty() ? answer.lookups(Lookup.VALUE, 1) == 1 ? "nil" : "value" : error);
        }
    });

    @ParameterizedTest
    @CsvSource({"$-1, 0, 1", "_, 0, 1", "$0, 1, 0", "$5, 1, 0", "=7, 1, 0", "+OK, 1, 0"})
    void nilOfEitherProtocolIsAMissAndAnEmptyTextAHit(String head, int hits, int misses) {
        read(head);

        assertThat(reader.isComplete()).isTrue();
        assertThat(lookups(Lookup.VALUE)).containsExactly(hits, misses);
    }

    @Test
    void listsAreReadElementByElement() {
        read("*3");
        read("$1");
        read("$-1");
        assertThat(reader.isComplete()).isFalse();
        read("$1");

        assertThat(reader.isComplete()).isTrue();
        assertThat(lookups(Lookup.ELEMENTS)).containsExactly(2, 1);
    }

    @Test
    void aMapHasTwiceAsManyElements() {
        read("%1");
        read("$4");
        assertThat(reader.isComplete()).isFalse();
        read("$1");

        assertThat(reader.isComplete()).isTrue();
        assertThat(lookups(Lookup.AGGREGATE)).containsExactly(1, 0);
    }

    @ParameterizedTest
    @CsvSource({"*0", "%0", "~0", "*-1"})
    void anEmptyAggregateIsAMiss(String head) {
        read(head);

        assertThat(lookups(Lookup.AGGREGATE)).containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource({":1, 1", ":0, 0", "#t, 1", "#f, 0"})
    void numbersAndTruthAnswerTheSame(String head, int ones) {
        read(head);

        assertThat(reader.answer().ones()).isEqualTo(ones);
    }

    @Test
    void anErrorIsToldByItsText() {
        read("-WRONGTYPE Operation against a key");

        assertThat(reader.error()).startsWith("WRONGTYPE Operation");
    }

    @Test
    void onlyAPushIsNoReply() {
        assertThat(read(">2")).isTrue();
        assertThat(read("$7")).isFalse();
        assertThat(reader.isComplete()).isFalse();
    }

    @Test
    void whatATransactionAcceptedIsNotTold() {
        read("+QUEUED");
        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.isBlank()).isTrue();

        reader.next();
        transaction = true;
        read("*3");
        read("$1");
        read("_");
        read("-ERR no");

        assertThat(reader.isComplete()).isTrue();
        assertThat(elements).containsExactly("value", "nil", "ERR no");
    }

    private boolean read(String head) {
        byte[] bytes = ("...." + head + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return RespValue.read(bytes, 4, bytes.length, reader);
    }

    private List<Integer> lookups(Lookup kind) {
        long found = reader.answer().lookups(kind, 1);
        return List.of(Answer.hits(found), Answer.misses(found));
    }
}

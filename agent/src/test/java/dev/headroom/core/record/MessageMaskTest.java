package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageMaskTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Connection refused|Connection refused",
                "Index 5 out of bounds for length 3|Index ? out of bounds for length ?",
                "User Jane Doe not found|User ? not found",
                "Duplicate entry 'jane@example.org' for key 'users.email'|Duplicate entry ? for key ?",
                "password=hunter2|?",
                "invalid token: hunter|invalid token: ?",
                "GET http://shop/customers/jane timed out|GET ? timed out",
                "Socket closed.|Socket closed.",
                "~~|~~"
            })
    void onlyWellKnownWordsStay(String message, String masked) {
        assertThat(MessageMask.masked(message)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "http-nio-8080-exec-12,http-nio-8080-exec-12",
        "pool-3-thread-1,pool-3-thread-1",
        "session-a81bc81bde,session-?",
        "import 4711199901,import ?",
        "order-of-averyveryverylongname,order-of-?"
    })
    void threadsTellTheirPoolAndNumber(String name, String masked) {
        assertThat(ThreadName.masked(name)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01,0af7651916cd43dd8448eb211c80319c",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01,",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01,",
        "00-0af7651916cd43dd8448eb211c8031,",
        "secret,"
    })
    void tracesAreHexadecimalOrNone(String traceparent, String id) {
        assertThat(Finished.traceId(traceparent)).isEqualTo(id);
    }
}

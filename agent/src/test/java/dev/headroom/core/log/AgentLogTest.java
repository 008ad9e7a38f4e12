package dev.headroom.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AgentLogTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void showsAKindOnceAMinuteAndSaysHowManyItHid() {
        AgentLog log = log(false);
        log.warn("not woven: a.B", new LinkageError("bad"));
        log.warn("not woven: a.C");
        log.warn("not woven: a.D");
        log.warn("another kind");
        nanos.addAndGet(AgentLog.QUIET_NANOS);
        log.warn("not woven: a.E");
        assertThat(lines())
                .containsExactly(
                        "Headroom: not woven: a.B (java.lang.LinkageError: bad)",
                        "Headroom: another kind",
                        "Headroom: not woven: a.E; 2 more like this in the time before");
    }

    @Test
    void showsEverythingWithStacksInDebug() {
        AgentLog log = log(true);
        log.warn("not woven: a.B", new LinkageError("bad"));
        log.warn("not woven: a.C");
        log.debug("woven: a.D");
        assertThat(lines())
                .contains("Headroom: not woven: a.C", "Headroom: woven: a.D")
                .anyMatch(line -> line.contains("at dev.headroom.core.log.AgentLogTest"));
    }

    @Test
    void keepsDebugToItself() {
        log(false).debug("woven: a.D");
        assertThat(lines()).isEmpty();
    }

    private AgentLog log(boolean debug) {
        return new AgentLog(new PrintStream(out, true, StandardCharsets.UTF_8), debug, nanos::get);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}

package dev.headroom.dashboard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServerInfoTest {
    @Test
    void readsWhatInfoAnswers() {
        ServerInfo info = new ServerInfo(String.join(
                "\r\n",
                "# Memory",
                "used_memory:1048576",
                "run_id:abc",
                "aof_last_write_status:ok",
                "# Keyspace",
                "db0:keys=12,expires=5,avg_ttl=100",
                "db11:keys=3,expires=0,avg_ttl=0"));
        assertThat(info.number("used_memory")).isEqualTo(1_048_576);
        assertThat(info.number("maxmemory")).isZero();
        assertThat(info.text("run_id")).isEqualTo("abc");
        assertThat(info.keyspace("keys")).isEqualTo(15);
        assertThat(info.keyspace("expires")).isEqualTo(5);
        assertThat(info.persistenceFailed()).isFalse();
        assertThat(new ServerInfo("rdb_last_bgsave_status:err").persistenceFailed())
                .isTrue();
    }

    @Test
    void saysWhatItCannotRead() {
        assertThatThrownBy(() -> new ServerInfo("maxmemory:much").number("maxmemory"))
                .hasMessage("INFO says maxmemory:much where a whole number was expected");
    }
}

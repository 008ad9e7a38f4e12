package dev.headroom.dashboard.api;

import dev.headroom.dashboard.redis.RedisServers;
import dev.headroom.dashboard.redis.ServerReading;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the named Redis servers said last, for programs. */
@RestController
class RedisController {
    private final RedisServers servers;

    RedisController(RedisServers servers) {
        this.servers = servers;
    }

    record Answer(List<ServerReading> items) {}

    @GetMapping("/api/v1/redis")
    Answer readings() {
        return new Answer(servers.readings());
    }
}

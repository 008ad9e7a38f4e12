package dev.headroom.demo.clinic;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Login as the guide's load test does it. The token opens nothing: every route of the demo is open. */
@RestController
class LoginController {
    @PostMapping("/api/auth/login")
    Token login(@RequestBody Credentials credentials) {
        return new Token(UUID.nameUUIDFromBytes(credentials.username().getBytes(StandardCharsets.UTF_8))
                .toString());
    }

    record Credentials(String username, String password) {}

    record Token(@JsonProperty("access_token") String accessToken) {}
}

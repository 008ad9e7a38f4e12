package dev.headroom.dashboard.notify;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings under {@code headroom.notify}. Whom to tell is in the budget file.
 *
 * @param linkBase address under which people open the dashboard, for links
 * @param giveUpAfter a message that could not be delivered for so long is dropped
 */
@ConfigurationProperties("headroom.notify")
record NotifyProperties(String linkBase, Duration giveUpAfter, Smtp smtp) {
    NotifyProperties {
        if (!linkBase.isBlank() && !linkBase.matches("https?://[^\\s/]+.*")) {
            throw new IllegalArgumentException(
                    "headroom.notify.link-base (HEADROOM_NOTIFY_LINK_BASE) is \"" + linkBase
                            + "\"; expected the address under which people open the dashboard, such as https://headroom.example.org");
        }
    }

    /**
     * The mail server.
     *
     * @param host empty for none
     * @param username empty when the server wants none
     * @param from sender's address; empty for the username where it is an address
     * @param sslBundle name of a bundle under spring.ssl.bundle whose certificates are trusted; empty for the JVM's own
     */
    record Smtp(
            String host, int port, String username, String password, String from, Security security, String sslBundle) {
        enum Security {
            /** Begins in the clear and refuses to go on without TLS. */
            STARTTLS,
            TLS,
            NONE
        }

        boolean named() {
            return !host.isBlank();
        }

        String sender() {
            if (!from.isBlank()) {
                return from;
            }
            return username.contains("@") ? username : "headroom@localhost";
        }

        /** Without the password. */
        @Override
        public String toString() {
            return host + ":" + port + " " + security;
        }
    }
}

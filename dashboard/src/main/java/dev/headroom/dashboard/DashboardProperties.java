package dev.headroom.dashboard;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The settings under {@code headroom} that the wiring needs; all of them, with defaults and environment names, are in
 * application.yaml.
 *
 * @param token what callers must present; empty for none
 */
@ConfigurationProperties("headroom")
public record DashboardProperties(String token, Store store) {

    /**
     * @param path directory
     * @param keep how long measurements are kept, by how detailed they are
     * @param maxSize the oldest detail leaves beyond it
     * @param reserve what it leaves free on the disk
     * @param cache memory for measurements that are not rolled up yet
     */
    public record Store(Path path, StoreKeep keep, DataSize maxSize, DataSize reserve, DataSize cache) {}
}

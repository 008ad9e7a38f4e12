package dev.headroom.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.config.ConfigSource;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, unknown_service:java",
                "'  ', unknown_service:java",
                "dev.shop.Main --port 80, Main",
                "Main, Main",
                "shop/dev.shop.Main x.jar, Main",
                "/opt/shop.jar, shop",
                "/opt/my-shop-2.4.1-SNAPSHOT.jar --a=b, my-shop",
                "C:\\apps\\shop-4you.jar start, shop",
                "/opt/the shop/shop-1.jar --x, shop",
                "dev.jar.Main, Main"
            })
    void theServiceIsNamedAfterTheMainJarOrClass(String command, String name) {
        assertThat(Resource.serviceName(command)).isEqualTo(name);
    }

    @Test
    void namesThisJvmOnce() {
        Map<String, String> one = of("");
        assertThat(one)
                .containsEntry(
                        "process.pid", String.valueOf(ProcessHandle.current().pid()))
                .containsEntry("process.runtime.version", System.getProperty("java.runtime.version"))
                .containsEntry("telemetry.distro.version", "7")
                .containsKeys("service.name", "host.name")
                .doesNotContainKey("service.version");
        assertThat(one.get("service.instance.id"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
                .isNotEqualTo(of("").get("service.instance.id"));
    }

    @Test
    void whatIsGivenWins() {
        assertThat(of("resource.attributes=service.name=a;team=x;host.name=h,service.version=3,environment=prod"))
                .containsEntry("service.name", "a")
                .containsEntry("team", "x")
                .containsEntry("host.name", "h")
                .containsEntry("service.version", "3")
                .containsEntry("deployment.environment.name", "prod");
        assertThat(of("resource.attributes=service.name=a,service.name=b")).containsEntry("service.name", "b");
    }

    private static Map<String, String> of(String arguments) {
        return Resource.of(
                new ConfigSource(arguments, new Properties(), Map.of(), complaint -> {
                    throw new AssertionError(complaint);
                }),
                "7");
    }
}

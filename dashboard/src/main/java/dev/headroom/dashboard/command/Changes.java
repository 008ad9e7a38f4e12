package dev.headroom.dashboard.command;

import dev.headroom.dashboard.DashboardProperties;
import dev.headroom.dashboard.access.MachineKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/** Where a command is carried out. Every method throws {@link CommandFailedException} when it was not. Not thread-safe. */
interface Changes extends AutoCloseable {
    /** The new token's text. */
    String createToken(@Nullable String scope, @Nullable String service, @Nullable String label);

    /** A line each. */
    List<String> tokens();

    void revokeToken(String id);

    void createUser(String name, @Nullable String role, @Nullable String password);

    void changeUser(String name, @Nullable String role, @Nullable String password);

    void removeUser(String name);

    /** A line each. */
    List<String> users();

    @Override
    void close();

    /** By the running dashboard where there is one, else in the store that the settings name. */
    static Changes of(List<String> settings, Class<?> store) {
        RunningDashboard running = running(settings);
        return running != null
                ? running
                : new ClosedStore(start(settings, Settings.class, store, ClosedStore.Kept.class));
    }

    /** The dashboard that runs on the store that the settings name, or null. */
    static @Nullable RunningDashboard running(List<String> settings) {
        Path key;
        try (ConfigurableApplicationContext context = start(settings, Settings.class)) {
            key = context.getBean(DashboardProperties.class).store().path().resolve(MachineKey.FILE);
        }
        return Files.exists(key) ? RunningDashboard.reached(key) : null;
    }

    private static ConfigurableApplicationContext start(List<String> settings, Class<?>... sources) {
        SpringApplication application = new SpringApplicationBuilder(sources)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("logging.level.root=ERROR")
                .build();
        return application.run(settings.toArray(String[]::new));
    }

    /** The dashboard's settings and nothing else of it. */
    @EnableConfigurationProperties(DashboardProperties.class)
    class Settings {}
}

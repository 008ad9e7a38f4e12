package dev.headroom.dashboard;

import dev.headroom.dashboard.command.CommandLine;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The dashboard: one process, one port for pages, API and OTLP. Or, by its first argument, a command on its store. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DashboardApplication {
    public static void main(String[] args) {
        if (StoreCommand.asked(args)) {
            System.exit(new StoreCommand(System.out, System.err).run(args));
        }
        if (CommandLine.meant(args)) {
            CommandLine.main(args, StoreWiring.class);
            return;
        }
        SpringApplication.run(DashboardApplication.class, args);
    }
}

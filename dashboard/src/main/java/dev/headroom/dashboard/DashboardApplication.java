package dev.headroom.dashboard;

import dev.headroom.dashboard.command.CommandLine;
import dev.headroom.dashboard.command.NotifyCommand;
import dev.headroom.dashboard.command.RulesCommand;
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
        if (RulesCommand.meant(args)) {
            RulesCommand.main(args);
            return;
        }
        if (NotifyCommand.meant(args)) {
            NotifyCommand.main(args);
            return;
        }
        if (CommandLine.meant(args)) {
            CommandLine.main(args, StoreWiring.class);
            return;
        }
        SpringApplication.run(DashboardApplication.class, args);
    }
}

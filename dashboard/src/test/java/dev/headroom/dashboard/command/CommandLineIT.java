package dev.headroom.dashboard.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.StartedDashboard;
import dev.headroom.dashboard.StoreClasses;
import dev.headroom.dashboard.access.MachineKey;
import dev.headroom.dashboard.access.Tokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands, on a store at rest and by a dashboard that runs. */
class CommandLineIT {
    @TempDir
    Path directory;

    private int code;

    private String run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] all = new String[args.length + 1];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--headroom.store.path=" + directory;
        code = CommandLine.run(all, StoreClasses.WIRING, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private String runWithPassword(String password, String... args) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            return run(args);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aTokenMadeAtRestIsValidAtTheNextStart() {
        String token = run("token", "create", "--service", "shop").trim();
        assertThat(token).startsWith("hrt_");
        assertThat(code).isZero();
        assertThat(run("token", "list")).contains("service shop").doesNotContain(token);
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.token=master-secret")) {
            dashboard
                    .client(token)
                    .get()
                    .uri("/api/v1/agent/orders?service=shop")
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
    }

    @Test
    void aRunningDashboardTakesTheChangeAtOnce() throws Exception {
        Path key = directory.resolve(MachineKey.FILE);
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.token=master-secret")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            String token = run("token", "create", "--service=shop", "--label", "from afar")
                    .trim();
            assertThat(dashboard.bean(Tokens.class).all())
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.createdBy()).isEqualTo("the command line"));
            String id = token.split("_")[1];
            assertThat(run("token", "revoke", id)).contains("Done");
            assertThat(dashboard.bean(Tokens.class).all()).isEmpty();
            assertThat(run("token", "revoke", id)).contains("No such token");
            assertThat(code).isEqualTo(1);
        }
        assertThat(key).doesNotExist();
    }

    @Test
    void theFirstAdminOpensAPublicAddress() {
        assertThat(runWithPassword("short", "user", "create", "anna", "--role", "admin"))
                .contains("Wrong password");
        assertThat(code).isEqualTo(1);
        assertThat(runWithPassword("correct horse battery", "user", "create", "anna", "--role", "admin"))
                .contains("Done");
        assertThat(run("user", "list")).contains("anna  admin").doesNotContain("bcrypt");
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--server.address=0.0.0.0")) {
            dashboard
                    .client()
                    .get()
                    .uri("/api/v1/services")
                    .exchange()
                    .expectStatus()
                    .isUnauthorized();
        }
    }

    @Test
    void whatIsNotUnderstoodPrintsTheCommands() {
        assertThat(run("token", "steal")).contains("token create");
        assertThat(code).isEqualTo(2);
        assertThat(run("user", "create")).contains("user create <name>");
        assertThat(code).isEqualTo(2);
    }
}

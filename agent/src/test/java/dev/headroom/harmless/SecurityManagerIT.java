package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AgentRun;
import dev.headroom.harness.NotRun;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that trusts the application and has never heard of an agent, and one that trusts the agent too. */
class SecurityManagerIT {
    private static final int LAST_WITH_MANAGER = 23;

    @TempDir
    private Path folder;

    private AgentRun program;
    private Path policy;

    @BeforeEach
    void trustTheApplication() throws Exception {
        policy = folder.resolve("policy");
        StringBuilder grants = new StringBuilder();
        String jars = Unharmed.library("h2-2.5.252") + File.pathSeparator;
        for (String element : (jars + System.getProperty("java.class.path")).split(File.pathSeparator)) {
            grants.append(grant(Path.of(element)));
        }
        Files.writeString(policy, grants);
        program = Unharmed.program(Traffic.class)
                .withJvmOptions("-Djava.security.manager", "-Djava.security.policy==" + policy);
    }

    private static String grant(Path code) {
        String all = Files.isDirectory(code) ? "-" : "";
        return "grant codeBase \"" + code.toUri() + all + "\" { permission java.security.AllPermission; };\n";
    }

    @Test
    void anAgentThatIsNotTrustedSaysSoAndLeavesTheApplicationAlone() throws Exception {
        if (managerIsGone()) {
            return;
        }
        AgentRun.Result without = program.run();
        AgentRun.Result with = program.withAgent().run();
        assertThat(with.exitCode()).isZero();
        assertThat(with.output()).isEqualTo(without.output()).contains("sql 298");
        assertThat(with.errors()).startsWith(without.errors());
        assertThat(with.errors().substring(without.errors().length()).lines())
                .singleElement()
                .asString()
                .startsWith("Headroom: not started, the application runs unmeasured (")
                .contains("access denied");
        assertThat(with.received()).isEmpty();
    }

    @Test
    void anAgentThatIsTrustedMeasures() throws Exception {
        if (managerIsGone()) {
            return;
        }
        Files.writeString(policy, Files.readString(policy) + grant(AgentRun.jar()));
        Unharmed.assertMeasured(Unharmed.assertSame(program), 1);
    }

    @Test
    void aManagerThatComesLateIsNotTheApplicationsTrouble() throws Exception {
        if (managerIsGone()) {
            return;
        }
        AgentRun late = Unharmed.program(LateManager.class)
                .withJvmOptions("-Djava.security.manager=allow", "-Djava.security.policy==" + policy);
        Unharmed.assertMeasured(Unharmed.assertSame(late), LateManager.TIMES);
    }

    static final class LateManager {
        static final int TIMES = 20;

        @SuppressWarnings("removal")
        public static void main(String[] arguments) throws Exception {
            System.setSecurityManager(new SecurityManager());
            for (int i = 0; i < TIMES; i++) {
                System.out.println(Traffic.all());
            }
        }
    }

    private static boolean managerIsGone() throws Exception {
        if (Runtime.version().feature() <= LAST_WITH_MANAGER) {
            return false;
        }
        NotRun.because("security manager: needs a JDK of at most " + LAST_WITH_MANAGER);
        return true;
    }
}

package dev.headroom.agent.cli;

import java.io.File;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;

/**
 * {@code java -jar headroom-agent.jar attach|detach|list|help}. Ends with 0 when the wanted state is reached, be it that there was
 * nothing to do; otherwise with a code of {@link Refusal}.
 */
public final class CommandLine {
    private static final String HELP = "Headroom, the agent's own commands:\n"
            + "  java -jar headroom-agent.jar attach <pid> [key=value ...]   start the agent in a JVM that runs\n"
            + "  java -jar headroom-agent.jar detach <pid>                   end it and give classes their own bytes back\n"
            + "  java -jar headroom-agent.jar list                           JVMs of this machine, and whether Headroom runs there\n"
            + "  java -jar headroom-agent.jar help\n"
            + "Options of attach are those of -javaagent:headroom-agent.jar=key=value,...; see agent/README.md.\n"
            + "Exit codes: 0 done or nothing to do, 1 wrong command line, 2 no such JVM, 3 not permitted,\n"
            + "4 the JVM does not let agents in, 5 the agent failed, 6 this Java cannot attach.";

    private final PrintStream out;
    private final PrintStream err;

    CommandLine(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(System.out, System.err).run(arguments));
    }

    /** @return the exit code */
    int run(String... arguments) {
        List<String> words = Arrays.asList(arguments);
        try {
            carryOut(words.isEmpty() ? "" : words.get(0), words);
            return 0;
        } catch (Refusal refusal) {
            err.println("headroom-agent: " + refusal.getMessage());
            return refusal.exitCode();
        }
    }

    private void carryOut(String command, List<String> words) throws Refusal {
        switch (command) {
            case "attach":
                attach(pid(words), String.join(",", words.subList(2, words.size())));
                break;
            case "detach":
                noMoreThan(2, words);
                detach(pid(words));
                break;
            case "list":
                noMoreThan(1, words);
                list();
                break;
            case "help":
            case "--help":
            case "-h":
                out.println(HELP);
                break;
            default:
                throw new Refusal(
                        Refusal.USAGE,
                        (command.isEmpty() ? "no command" : "unknown command \"" + command + "\"")
                                + "; expected attach, detach, list or help\n" + HELP);
        }
    }

    private void attach(String pid, String options) throws Refusal {
        try (Attached jvm = AttachApi.load().attach(pid)) {
            Presence before = Presence.of(jvm);
            if (before != null) {
                out.println("Headroom " + before + " runs in " + pid + " already; nothing was done.");
                return;
            }
            int java = jvm.javaVersion();
            if (java < 8) {
                throw new Refusal(
                        Refusal.NOT_ATTACHABLE,
                        pid + " runs on Java " + java + ", expected 8 or newer; nothing was done");
            }
            jvm.loadAgent(jar(), options);
            Presence now = Presence.of(jvm);
            if (now == null) {
                throw jvm.notStarted();
            }
            out.println("Headroom " + now + " runs in " + pid + ".");
        }
    }

    private void detach(String pid) throws Refusal {
        try (Attached jvm = AttachApi.load().attach(pid)) {
            Presence before = Presence.of(jvm);
            if (before == null) {
                out.println("Headroom does not run in " + pid + "; nothing was done.");
                return;
            }
            jvm.loadAgent(jar(), "detach");
            if (Presence.of(jvm) != null) {
                throw new Refusal(
                        Refusal.AGENT_FAILED,
                        "Headroom " + before + " still runs in " + pid + jvm.complaint() + "; see that JVM's stderr");
            }
            out.println("Headroom " + before + " has left " + pid + ".");
        }
    }

    private void list() throws Refusal {
        List<RunningJvm> jvms = AttachApi.load().list();
        out.printf("%-8s %-32s %s%n", "PID", "HEADROOM", "MAIN CLASS");
        for (RunningJvm jvm : jvms) {
            out.printf("%-8s %-32s %s%n", jvm.pid(), jvm.headroom(), jvm.mainClass());
        }
    }

    private static String pid(List<String> words) throws Refusal {
        String pid = words.size() < 2 ? "" : words.get(1);
        if (pid.isEmpty() || pid.length() > 10 || !pid.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Refusal(
                    Refusal.USAGE,
                    "found " + (pid.isEmpty() ? "no process id" : "\"" + pid + "\"") + " after " + words.get(0)
                            + ", expected the number of a process; \"list\" shows them");
        }
        return pid;
    }

    private static void noMoreThan(int count, List<String> words) throws Refusal {
        if (words.size() > count) {
            throw new Refusal(
                    Refusal.USAGE,
                    "found \"" + words.get(count) + "\" after " + words.get(count - 1)
                            + ", expected nothing more; \"help\" shows the commands");
        }
    }

    /** This jar, which is to be loaded over there. */
    private static String jar() throws Refusal {
        try {
            return new File(CommandLine.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getAbsolutePath();
        } catch (URISyntaxException unreadable) {
            throw new Refusal(Refusal.AGENT_FAILED, "the agent's jar cannot be found: " + unreadable.getMessage());
        }
    }
}

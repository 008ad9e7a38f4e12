package dev.headroom.dashboard.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code notify test}: asks the running dashboard to send everybody of a severity a test. It is the dashboard's environment that holds
 * the addresses, so nobody else can try them.
 */
public final class NotifyCommand {
    private static final String USAGE = """
            java -jar headroom-dashboard.jar notify test [--severity page|ticket] [--headroom.store.path=<directory>]
              sends a test to everybody who is told of such alerts; the dashboard must be running on that store
            """;
    private static final String SEVERITY = "--severity";
    private static final int WRONG_USE = 2;

    private NotifyCommand() {}

    /** Whether these arguments are this command. */
    public static boolean meant(String[] args) {
        return args.length > 0 && args[0].equals("notify");
    }

    /** Ends the JVM with 0 when everybody got it, with 1 when somebody did not, or with 2 when it was not understood. */
    public static void main(String[] args) {
        System.exit(run(args, new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    static int run(String[] args, PrintStream out) {
        String severity = "page";
        List<String> settings = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals(SEVERITY) && i + 1 < args.length) {
                severity = args[++i];
            } else if (args[i].startsWith(SEVERITY + "=")) {
                severity = args[i].substring(SEVERITY.length() + 1);
            } else if (args[i].startsWith("--")) {
                settings.add(args[i]);
            } else {
                words.add(args[i]);
            }
        }
        if (!words.equals(List.of("notify", "test"))) {
            out.print(USAGE);
            return WRONG_USE;
        }
        try (RunningDashboard running = Changes.running(settings)) {
            if (running == null) {
                out.println("No dashboard runs on this store; start it, or name its store with --headroom.store.path");
                return 1;
            }
            return told(running.testNotifications(severity), severity, out);
        } catch (CommandFailedException failed) {
            out.println(failed.getMessage());
            return 1;
        }
    }

    private static int told(List<RunningDashboard.TestedRecipient> all, String severity, PrintStream out) {
        if (all.isEmpty()) {
            out.println("Nobody is named under notify." + severity + " in the budget file");
            return 1;
        }
        int code = 0;
        for (RunningDashboard.TestedRecipient each : all) {
            out.println(each.name() + "  " + each.shown() + "  " + (each.sent() ? "sent: " : "NOT sent: ")
                    + each.result() + (each.answer().isEmpty() ? "" : " (" + each.answer() + ")"));
            code = each.sent() ? code : 1;
        }
        return code;
    }
}

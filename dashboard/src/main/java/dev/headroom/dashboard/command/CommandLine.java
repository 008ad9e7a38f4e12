package dev.headroom.dashboard.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands and their words. A running dashboard carries them out, else they change its store directly. */
public final class CommandLine {
    private static final String USAGE = """
            java -jar headroom-dashboard.jar <command> [--headroom.store.path=<directory>]
              token create [--service <name>] [--scope ingest|read|check|admin] [--label <text>]   prints the token, once
              token list
              token revoke <id>
              user create <name> --role viewer|admin      asks for the password, or reads it as one line of standard input
              user password <name>                        the same for a new password
              user role <name> --role viewer|admin
              user remove <name>
              user list
            """ + CheckCommand.USAGE;
    private static final List<String> SUBJECTS = List.of("token", "user", "check", "validate", "run");
    private static final List<String> GATES = List.of("check", "validate", "run");
    private static final List<String> OPTIONS = List.of("--service", "--scope", "--label", "--role");
    private static final int WRONG_USE = 2;

    private final Map<String, String> options = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private final PrintStream out;

    private CommandLine(String[] args, PrintStream out) {
        this.out = out;
        for (int i = 0; i < args.length; i++) {
            String name = args[i].replaceFirst("=.*", "");
            if (OPTIONS.contains(name)) {
                boolean joined = args[i].length() > name.length();
                options.put(name, joined ? args[i].substring(name.length() + 1) : i + 1 < args.length ? args[++i] : "");
            } else if (args[i].startsWith("--")) {
                settings.add(args[i]);
            } else {
                words.add(args[i]);
            }
        }
    }

    /** Whether these arguments are a command rather than settings of a dashboard to start. */
    public static boolean meant(String[] args) {
        return args.length > 0 && SUBJECTS.contains(args[0]);
    }

    /**
     * Carries the command out and ends the JVM with 0, with 1 when it failed, or with 2 when it was not understood; {@code check} has
     * more exit codes.
     *
     * @param store configuration that makes the store
     */
    public static void main(String[] args, Class<?> store) {
        if (GATES.contains(args[0])) {
            System.exit(new CheckCommand(System.out, System.err).run(List.of(args)));
        }
        System.exit(run(args, store, System.out));
    }

    static int run(String[] args, Class<?> store, PrintStream out) {
        return new CommandLine(args, out).run(store);
    }

    private int run(Class<?> store) {
        String command = String.join(" ", words.subList(0, Math.min(2, words.size())));
        String subject = words.size() == 3 ? words.get(2) : null;
        boolean named = Arrays.asList("token revoke", "user create", "user password", "user role", "user remove")
                .contains(command);
        if (words.size() != (named ? 3 : 2)) {
            out.print(USAGE);
            return WRONG_USE;
        }
        try (Changes changes = Changes.of(settings, store)) {
            return carryOut(command, subject == null ? "" : subject, changes);
        } catch (CommandFailedException | IOException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    private int carryOut(String command, String subject, Changes changes) throws IOException {
        switch (command) {
            case "token create" -> {
                out.println(
                        changes.createToken(options.get("--scope"), options.get("--service"), options.get("--label")));
                return 0;
            }
            case "token list" -> changes.tokens().forEach(out::println);
            case "token revoke" -> changes.revokeToken(subject);
            case "user create" -> changes.createUser(subject, options.get("--role"), password());
            case "user password" -> changes.changeUser(subject, null, password());
            case "user role" -> changes.changeUser(subject, options.getOrDefault("--role", "none"), null);
            case "user remove" -> changes.removeUser(subject);
            case "user list" -> changes.users().forEach(out::println);
            default -> {
                out.print(USAGE);
                return WRONG_USE;
            }
        }
        if (!command.endsWith("list")) {
            out.println("Done.");
        }
        return 0;
    }

    /** Never an argument: those can be seen in the list of processes. */
    @SuppressWarnings("SystemConsoleNull") // 22 to 24 give one for a pipe, too; its readPassword reads the line then
    private static @Nullable String password() throws IOException {
        Console console = System.console();
        if (console != null) {
            char[] typed = console.readPassword("Password: ");
            return typed == null ? null : new String(typed);
        }
        return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
    }
}

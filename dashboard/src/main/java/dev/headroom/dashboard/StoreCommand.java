package dev.headroom.dashboard;

import dev.headroom.dashboard.store.local.StoreBackup;
import dev.headroom.dashboard.store.local.StoreCopyException;
import dev.headroom.dashboard.store.local.StoreRestore;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** {@code backup <store> <target>} and {@code restore <backup> <store>} on the command line, instead of a dashboard. */
final class StoreCommand {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int INCOMPLETE = 2;
    static final int MISUSED = 64;

    private static final String USAGE = """
            Usage: java -jar headroom-dashboard.jar backup <store> <target>
                   java -jar headroom-dashboard.jar restore <backup> <store>
            <store> is the directory of headroom.store.path; a backup may be made while the dashboard runs.""";

    private final PrintStream out;
    private final PrintStream errors;

    StoreCommand(PrintStream out, PrintStream errors) {
        this.out = out;
        this.errors = errors;
    }

    static boolean asked(String[] arguments) {
        return arguments.length > 0 && (arguments[0].equals("backup") || arguments[0].equals("restore"));
    }

    /** The process's exit code: 0 done, 1 not done, 2 done without damaged files, 64 wrong arguments. */
    int run(String[] arguments) {
        if (arguments.length != 3) {
            errors.println(USAGE);
            return MISUSED;
        }
        try {
            Path from = Path.of(arguments[1]);
            Path to = Path.of(arguments[2]);
            return arguments[0].equals("backup") ? backup(from, to) : restore(from, to);
        } catch (StoreCopyException refused) {
            errors.println(refused.getMessage());
            return FAILED;
        } catch (InvalidPathException wrong) {
            errors.println("No path: " + wrong.getMessage());
            return MISUSED;
        }
    }

    private int backup(Path store, Path target) {
        int damaged = new StoreBackup(store, target, out::println).run();
        out.println("Backup of " + store.toAbsolutePath() + " is in " + target.toAbsolutePath());
        if (damaged > 0) {
            errors.println(damaged + " damaged files are not in it.");
            return INCOMPLETE;
        }
        return DONE;
    }

    private int restore(Path backup, Path store) {
        int files = new StoreRestore(backup, store, out::println).run();
        out.println("Restored " + files + " files, every check sum right. Start the dashboard with headroom.store.path="
                + store.toAbsolutePath());
        return DONE;
    }
}

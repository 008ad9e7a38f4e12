package dev.headroom.dashboard.command;

import dev.headroom.dashboard.alert.ExpandedRules;
import dev.headroom.dashboard.alert.RuleFile;
import dev.headroom.dashboard.budget.file.BudgetFileException;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** {@code rules}: prints alert rules for Prometheus. Needs no dashboard. */
public final class RulesCommand {
    private static final String USAGE = """
            java -jar headroom-dashboard.jar rules [--per-budget <budgets.yaml>] [--link-base <address of the dashboard>]
              prints the one rule file that serves every budget, or a group of rules for each budget of the file
            """;
    private static final int WRONG_USE = 2;

    private RulesCommand() {}

    /** Whether these arguments are this command. */
    public static boolean meant(String[] args) {
        return args.length > 0 && args[0].equals("rules");
    }

    /** Ends the JVM with 0, or with 2 when arguments or the budget file are wrong. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(args, out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream errors) {
        String file = null;
        String base = "";
        Iterator<String> rest = Arrays.asList(args).subList(1, args.length).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            String name = word.replaceFirst("=.*", "");
            String value = word.contains("=") ? word.substring(name.length() + 1) : next(rest);
            if (value == null || value.isBlank()) {
                errors.print(USAGE);
                return WRONG_USE;
            }
            switch (name) {
                case "--per-budget" -> file = value;
                case "--link-base" -> base = value;
                default -> {
                    errors.print(USAGE);
                    return WRONG_USE;
                }
            }
        }
        return print(file, base, out, errors);
    }

    private static @Nullable String next(Iterator<String> rest) {
        return rest.hasNext() ? rest.next() : null;
    }

    private static int print(@Nullable String file, String base, PrintStream out, PrintStream errors) {
        if (file == null) {
            out.print(new RuleFile(base).yaml());
            return 0;
        }
        try {
            out.print(new ExpandedRules(base).yaml(new BudgetFileReader(LocalDate.now(ZoneOffset.UTC)).read(file)));
            return 0;
        } catch (BudgetFileException wrong) {
            errors.println(wrong.getMessage());
            return WRONG_USE;
        }
    }
}

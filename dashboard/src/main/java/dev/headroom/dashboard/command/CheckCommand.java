package dev.headroom.dashboard.command;

import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileException;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.run.Gate;
import dev.headroom.dashboard.run.RunJson;
import dev.headroom.dashboard.run.RunResult;
import dev.headroom.dashboard.run.report.ConsoleReport;
import dev.headroom.dashboard.run.report.ReportFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code check}: judges what a service did and ends with the exit code that a build obeys; {@code run start} begins a run for it. */
final class CheckCommand {
    static final int PASS = 0;
    static final int FAIL = 1;
    static final int WRONG = 2;
    static final int NO_DATA = 3;
    static final int UNREACHABLE = 4;

    static final List<String> OPTIONS = List.of(
            "--url",
            "--service",
            "--from",
            "--to",
            "--budgets",
            "--what",
            "--run",
            "--label",
            "--baseline",
            "--fail-on",
            "--report",
            "--out",
            "--token");
    static final List<String> START_OPTIONS = List.of("--url", "--service", "--name", "--label", "--token");

    static final String USAGE = """
            java -jar headroom-dashboard.jar check <result.json> [--fail-on] [--report] [--out]
              judges again what is kept: the report of headroom-junit, or of an earlier check
            java -jar headroom-dashboard.jar check --service <name> [options]
              --url <address>         of the dashboard; http://localhost:4318
              --from, --to <time>     such as 2026-11-21T10:15:00Z, -10m or now; the last 15 minutes
              --budgets <file>        judged by this file instead of the dashboard's own
              --what live|load        its live budgets, or those under tests.load (the default where it has some and --run is given)
              --run <name>            keeps the result under this name; the id of a run from "run start" ends that run and judges its time
              --label <key>=<value>   such as commit=3f2a9c1, kept with the run; any number of times
              --baseline run:<id>     shows each value beside that run's, by id or name; stands in for the runs that budgets compare with
              --fail-on fail|warn     what exits with 1; fail
              --report <list>         of html,junit,json,md
              --out <directory>       for the reports; the current one
              --token <token>         of scope check or admin; or HEADROOM_TOKEN in the environment
              exits with 0 kept, 1 broken, 2 wrong file or arguments, 3 no data, 4 dashboard or file not reachable
            java -jar headroom-dashboard.jar run start --service <name> --name <name> [--label <key>=<value>] [--url] [--token]
              prints the id of the run, for check --run <id>
            java -jar headroom-dashboard.jar validate <budgets.yaml>
              exits with 0, or 2 with the place of the mistake
            """;

    private final PrintStream out;
    private final PrintStream errors;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    CheckCommand(PrintStream out, PrintStream errors) {
        this.out = out;
        this.errors = errors;
    }

    /** The process's exit code. */
    int run(List<String> arguments) {
        try {
            return switch (arguments.get(0)) {
                case "check" -> check(arguments.subList(1, arguments.size()));
                case "run" -> start(arguments.subList(1, arguments.size()));
                default -> validate(arguments.subList(1, arguments.size()));
            };
        } catch (BudgetFileException wrong) {
            errors.println(wrong.getMessage());
            return WRONG;
        } catch (CommandFailedException refused) {
            errors.println(refused.getMessage());
            return WRONG;
        } catch (WrongUseException wrong) {
            errors.println(wrong.getMessage());
            errors.print(USAGE);
            return WRONG;
        } catch (UnreachableException away) {
            errors.println(away.getMessage());
            return UNREACHABLE;
        }
    }

    private int check(List<String> given) {
        Arguments arguments = new Arguments(given, OPTIONS);
        if (arguments.words().size() > 1) {
            throw new WrongUseException("Found " + arguments.words().get(1) + "; expected options only after "
                    + arguments.words().get(0));
        }
        Gate gate = gate(arguments.option("--fail-on"));
        List<ReportFormat> reports = reports(arguments.option("--report"));
        Path directory = path(arguments.option("--out", "."));
        String budgets = arguments.option("--budgets");
        String yaml = budgets == null ? null : read(path(budgets));
        if (budgets != null && yaml != null) {
            BudgetFile file = new BudgetFileReader(today).parse(budgets, yaml);
            file.warnings().forEach(warning -> errors.println(budgets + ": " + warning));
        }
        RunResult result = arguments.words().isEmpty()
                ? ask(arguments, budgets, yaml)
                : kept(arguments.words().get(0));
        out.print(ConsoleReport.write(result, gate));
        reports.forEach(format -> write(format, directory, result, gate));
        return gate.decide(result).exit();
    }

    private RunResult ask(Arguments arguments, @Nullable String budgets, @Nullable String yaml) {
        String run = arguments.option("--run");
        boolean begun = run != null && run.matches("r-[0-9a-f]{12}");
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        if (begun) {
            for (String range : List.of("--service", "--from", "--to", "--label")) {
                if (arguments.option(range) != null) {
                    throw new WrongUseException("Found " + range + " beside the id of a run; expected one of the two:"
                            + " a run knows its service, time and labels");
                }
            }
        } else {
            add(parameters, "service", arguments.option("--service"));
            add(parameters, "from", arguments.option("--from"));
            add(parameters, "to", arguments.option("--to"));
            add(parameters, "run", run);
            arguments.all("--label").forEach(label -> add(parameters, "label", label));
        }
        add(parameters, "what", arguments.option("--what"));
        add(parameters, "baseline", arguments.option("--baseline"));
        add(parameters, "failOn", arguments.option("--fail-on"));
        add(parameters, "file", budgets);
        String url = arguments.option("--url", "http://localhost:4318");
        GateClient dashboard = new GateClient(url, token(arguments), errors);
        errors.println("Asking " + url + " …");
        return dashboard.result(begun ? "/api/v1/runs/" + run + "/finish" : "/api/v1/check", parameters, yaml);
    }

    /** A result that somebody else reached and kept as JSON, such as headroom-junit. */
    private static RunResult kept(String file) {
        try {
            return RunJson.result(read(path(file)));
        } catch (IllegalArgumentException malformed) {
            throw new WrongUseException("Found " + file + ", which holds no result (" + malformed.getMessage()
                    + "); expected the JSON report of headroom-junit or of an earlier check");
        }
    }

    private static void add(List<Map.Entry<String, String>> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(Map.entry(name, value));
        }
    }

    private int start(List<String> given) {
        if (given.isEmpty() || !given.get(0).equals("start")) {
            throw new WrongUseException("Found run; expected run start");
        }
        Arguments arguments = new Arguments(given.subList(1, given.size()), START_OPTIONS);
        String service = arguments.option("--service");
        String name = arguments.option("--name");
        if (service == null || name == null) {
            throw new WrongUseException("Found run start without --service and --name");
        }
        out.println(RunStart.ask(
                new GateClient(arguments.option("--url", "http://localhost:4318"), token(arguments), errors),
                service,
                name,
                arguments.all("--label")));
        return PASS;
    }

    private int validate(List<String> given) {
        Arguments arguments = new Arguments(given, List.of());
        if (arguments.words().size() != 1) {
            throw new WrongUseException(
                    "Found " + arguments.words().size() + " files; expected validate <budgets.yaml>");
        }
        String place = arguments.words().get(0);
        BudgetFileReader reader = new BudgetFileReader(today);
        BudgetFile file = place.startsWith("headroom:") ? reader.read(place) : reader.parse(place, read(path(place)));
        file.warnings().forEach(warning -> out.println(place + ": warning: " + warning));
        out.println(place + ": " + file.budgets().size() + " live, "
                + file.testBudgets().size() + " test and "
                + file.loadBudgets().size() + " load budgets, "
                + (file.warnings().isEmpty() ? "no warning" : file.warnings().size() + " warnings"));
        return PASS;
    }

    private static @Nullable String token(Arguments arguments) {
        String given = arguments.option("--token");
        return given == null ? System.getenv("HEADROOM_TOKEN") : given;
    }

    private static Gate gate(@Nullable String failOn) {
        if (failOn != null && !failOn.equals("warn") && !failOn.equals("fail")) {
            throw new WrongUseException("Found --fail-on " + failOn + "; expected fail or warn");
        }
        return Gate.of(failOn);
    }

    private static List<ReportFormat> reports(@Nullable String list) {
        List<ReportFormat> formats = new ArrayList<>();
        for (String word : list == null ? new String[0] : list.split(",")) {
            ReportFormat format = ReportFormat.of(word.strip());
            if (format == null) {
                throw new WrongUseException(
                        "Found --report " + word + "; expected some of " + String.join(",", ReportFormat.words()));
            }
            formats.add(format);
        }
        return formats;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException wrong) {
            throw new WrongUseException("Found no path: " + wrong.getMessage());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UnreachableException(
                    "Cannot read " + file.toAbsolutePath() + " ("
                            + unreadable.getClass().getSimpleName() + "); expected a readable file in UTF-8",
                    unreadable);
        }
    }

    private void write(ReportFormat format, Path directory, RunResult result, Gate gate) {
        Path file = directory.resolve(format.file());
        try {
            Files.createDirectories(directory);
            Files.write(file, format.write(result, gate));
            errors.println("Wrote " + file);
        } catch (IOException refused) {
            throw new UnreachableException("Cannot write " + file.toAbsolutePath() + ": " + refused, refused);
        }
    }
}

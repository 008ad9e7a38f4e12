package dev.headroom.dashboard.budget.file;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code notify}. Values of the environment are not looked up here: a file is the same on a laptop and in production. */
final class AlertTargetReader {
    private static final int MOST = 20;
    private static final List<String> KEYS = List.of("webhook", "email", "format");
    private static final List<String> FORMATS = List.of("json", "slack", "teams", "discord");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

    private AlertTargetReader() {}

    static void read(@Nullable Part part, Map<Knobs.Severity, List<AlertTarget>> targets) {
        if (part == null) {
            return;
        }
        part.entries("targets for page and ticket", List.of("page", "ticket"))
                .forEach((severity, list) ->
                        targets.put(Knobs.Severity.valueOf(severity.toUpperCase(Locale.ROOT)), targets(list)));
    }

    private static List<AlertTarget> targets(Part list) {
        List<AlertTarget> targets = new ArrayList<>();
        for (Part item : list.items("a list of targets such as [ { webhook: \"${HEADROOM_PAGE_URL}\" } ]")) {
            targets.add(target(item));
        }
        if (targets.size() > MOST) {
            throw list.wrong("at most " + MOST + " targets");
        }
        return List.copyOf(targets);
    }

    private static AlertTarget target(Part item) {
        Map<String, Part> fields = item.entries("webhook or email", KEYS);
        Part webhook = fields.get("webhook");
        Part email = fields.get("email");
        Part format = fields.get("format");
        if (webhook != null && email == null) {
            AlertTarget.Format wanted = format == null
                    ? AlertTarget.Format.JSON
                    : AlertTarget.Format.valueOf(format.word(FORMATS).toUpperCase(Locale.ROOT));
            return new AlertTarget(AlertTarget.Channel.WEBHOOK, url(webhook), wanted, item.place());
        }
        if (email == null || webhook != null) {
            throw item.wrong("one of webhook, email");
        }
        if (format != null) {
            throw format.wrong("no format here: e-mails have one form only");
        }
        return new AlertTarget(AlertTarget.Channel.EMAIL, email(email), AlertTarget.Format.JSON, item.place());
    }

    private static String url(Part part) {
        String expected = "an address such as \"https://chat.example.org/hooks/1\" or \"${HEADROOM_PAGE_URL}\"";
        String text = closed(part, expected);
        try {
            URI address = new URI(VARIABLE.matcher(text).replaceAll("x"));
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (VARIABLE.matcher(text).lookingAt() || (http && address.getHost() != null)) {
                return text;
            }
        } catch (URISyntaxException wrong) {
            // said below
        }
        throw part.wrongSecret(expected);
    }

    private static String email(Part part) {
        String expected = "an e-mail address, or several with commas between them";
        String text = closed(part, expected);
        for (String one : text.split(",", -1)) {
            if (!one.strip().matches("[^\\s@]+@[^\\s@]+")
                    && !VARIABLE.matcher(one).find()) {
                throw part.wrong(expected);
            }
        }
        return text;
    }

    /** The text, in which a dollar and a brace begin a variable and nothing else. */
    private static String closed(Part part, String expected) {
        String text = part.text(expected);
        if (VARIABLE.matcher(text).replaceAll("").contains("${")) {
            throw part.wrongSecret(expected + "; a variable is written ${NAME}");
        }
        return text;
    }
}

package dev.headroom.dashboard.notify;

import dev.headroom.dashboard.budget.file.AlertTarget;
import dev.headroom.dashboard.budget.file.Knobs;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the targets of a budget file into addresses. A variable that is not set makes its target unusable, not the file: the same file
 * is read on a laptop. Stateless.
 */
final class Recipients {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final Function<String, @Nullable String> environment;
    private final boolean mail;

    /**
     * @param environment value of a variable, null when it is not set
     * @param mail whether a mail server is named
     */
    Recipients(Function<String, @Nullable String> environment, boolean mail) {
        this.environment = environment;
        this.mail = mail;
    }

    /** In the order of the file, pages first. */
    List<Recipient> of(Map<Knobs.Severity, List<AlertTarget>> targets) {
        List<Recipient> recipients = new ArrayList<>();
        for (Knobs.Severity severity : List.of(Knobs.Severity.PAGE, Knobs.Severity.TICKET)) {
            int number = 1;
            for (AlertTarget target : targets.getOrDefault(severity, List.of())) {
                String text = target.channel() == AlertTarget.Channel.EMAIL ? target.address() : "";
                int addresses = text.isEmpty() ? 1 : text.split(",").length;
                number = add(recipients, severity, target, number, Math.max(1, addresses));
            }
        }
        return List.copyOf(recipients);
    }

    private int add(List<Recipient> recipients, Knobs.Severity severity, AlertTarget target, int first, int parts) {
        String channel = target.channel().name().toLowerCase(Locale.ROOT);
        String prefix = severity.name().toLowerCase(Locale.ROOT) + "/" + channel + "/";
        String missing = missing(target.address());
        if (missing != null) {
            String problem = target.place() + ": notify." + severity.name().toLowerCase(Locale.ROOT) + ": found ${"
                    + missing + "}, expected a variable of the environment with a value; set " + missing
                    + " where the dashboard starts. Nobody is told there until then";
            recipients.add(unusable(prefix + first, target, problem));
            return first + parts;
        }
        String filled = filled(target.address());
        if (target.channel() == AlertTarget.Channel.WEBHOOK) {
            recipients.add(webhook(prefix + first, target, filled));
            return first + 1;
        }
        int number = first;
        for (String address : filled.split(",")) {
            recipients.add(email(prefix + number++, target, address.strip()));
        }
        return number;
    }

    private static Recipient webhook(String name, AlertTarget target, String filled) {
        try {
            URI address = new URI(filled.strip());
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null) {
                // Kept under what the file says: no secret of the environment, and a corrected value delivers what
                // waits.
                return new Recipient(name, id(target, target.address()), target, filled.strip(), shown(address), null);
            }
        } catch (URISyntaxException wrong) {
            // said below, without the address: it may be a secret
        }
        return unusable(
                name,
                target,
                target.place() + ": the webhook's value is no address; expected http:// or https:// and a host");
    }

    private Recipient email(String name, AlertTarget target, String address) {
        if (!address.matches("[^\\s@<>]+@[^\\s@<>]+")) {
            return unusable(name, target, target.place() + ": found no e-mail address, expected one such as a@b.org");
        }
        String problem = mail
                ? null
                : target.place() + ": an e-mail needs a mail server; set headroom.notify.smtp.host"
                        + " (HEADROOM_NOTIFY_SMTP_HOST). Nobody is told there until then";
        return new Recipient(name, id(target, address), target, address, address, problem);
    }

    private static Recipient unusable(String name, AlertTarget target, String problem) {
        String shown = target.address().startsWith("${") ? target.address() : "(not usable)";
        return new Recipient(name, id(target, target.address()), target, null, shown, problem);
    }

    /** Scheme, host and port: the path of a chat's address is its password. */
    private static String shown(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port + "/…";
    }

    private @Nullable String missing(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            String value = environment.apply(matcher.group(1));
            if (value == null || value.isBlank()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    private String filled(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(environment.apply(found.group(1)))));
    }

    private static String id(AlertTarget target, String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((target.channel() + " " + target.format() + " " + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

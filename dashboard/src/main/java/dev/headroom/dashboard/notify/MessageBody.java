package dev.headroom.dashboard.notify;

import dev.headroom.dashboard.budget.file.AlertTarget;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a webhook is sent. The generic form tells of one incident in each message; it is documented in dashboard/README.md; only
 * additions may change it. Thread-safe.
 */
final class MessageBody {
    private static final int VERSION = 1;
    private static final int DISCORD_LIMIT = 2_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Links links;

    MessageBody(Links links) {
        this.links = links;
    }

    String of(Digest digest, AlertTarget.Format format) {
        return switch (format) {
            case JSON -> generic(digest.first());
            case SLACK -> slack(digest);
            case TEAMS -> teams(digest);
            case DISCORD -> discord(digest);
        };
    }

    private String generic(News news) {
        ObjectNode body = JSON.createObjectNode();
        body.put("version", VERSION)
                .put("id", news.id())
                .put("incident", news.incident())
                .put("event", news.event().word())
                .put("severity", news.severity())
                .put("service", news.service())
                .put("budget", news.budget())
                .put("title", news.title())
                .put("subject", news.subject())
                .put("verdict", news.verdict())
                .put("sentence", news.sentence())
                .put("current", news.current())
                .put("target", news.target())
                .put("acceptable", news.acceptable())
                .put("events", news.n())
                .put("bad", news.bad())
                .put("owner", news.owner())
                .put("openedAt", news.opened().toString())
                .put("closedAt", news.closed() == null ? null : news.closed().toString());
        body.putObject("links").put("budget", links.budget(news)).put("runbook", news.runbook());
        return body.toString();
    }

    /** Slack's markup gives three characters a meaning; escaped, a name can neither call a channel nor hide a link. */
    private String slack(Digest told) {
        String link = links.opened(told);
        StringBuilder text =
                new StringBuilder("*").append(slack(Wording.title(told))).append('*');
        Wording.lines(told).forEach(line -> text.append('\n').append(slack(line)));
        if (link != null) {
            text.append("\n<").append(slack(link)).append("|Open in Headroom>");
        }
        return JSON.createObjectNode().put("text", text.toString()).toString();
    }

    private static String slack(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The card that Teams' workflows take. */
    private String teams(Digest told) {
        ObjectNode message = JSON.createObjectNode().put("type", "message");
        ObjectNode attachment = message.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        var blocks = card.putArray("body");
        blocks.addObject()
                .put("type", "TextBlock")
                .put("text", markdown(Wording.title(told)))
                .put("weight", "Bolder")
                .put("size", "Medium")
                .put("wrap", true);
        for (String line : Wording.lines(told)) {
            blocks.addObject()
                    .put("type", "TextBlock")
                    .put("text", markdown(line))
                    .put("wrap", true);
        }
        String link = links.opened(told);
        if (link != null) {
            card.putArray("actions")
                    .addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", "Open in Headroom")
                    .put("url", link);
        }
        return message.toString();
    }

    private String discord(Digest told) {
        List<String> lines = Wording.lines(told);
        StringBuilder text =
                new StringBuilder("**").append(markdown(Wording.title(told))).append("**");
        lines.forEach(line -> text.append('\n').append(markdown(line)));
        String link = links.opened(told);
        // A link that leaves no room for what it is about is left out.
        String end = link == null || link.length() > DISCORD_LIMIT / 2 ? "" : "\n" + link;
        ObjectNode body = JSON.createObjectNode()
                .put("content", text.substring(0, Math.min(text.length(), DISCORD_LIMIT - end.length())) + end);
        // Whatever stands in a name, nobody is called by it.
        body.putObject("allowed_mentions").putArray("parse");
        return body.toString();
    }

    private static String markdown(String text) {
        StringBuilder plain = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if ("\\*_`~|[]".indexOf(letter) >= 0) {
                plain.append('\\');
            }
            plain.append(letter);
        }
        return plain.toString();
    }
}

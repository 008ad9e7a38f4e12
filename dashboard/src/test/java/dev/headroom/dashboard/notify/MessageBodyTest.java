package dev.headroom.dashboard.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.file.AlertTarget.Format;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class MessageBodyTest {
    private final MessageBody body = new MessageBody(new Links("https://headroom.example.org/"));

    private JsonNode json(News news, Format format) {
        return new ObjectMapper().readTree(body.of(Digest.of(news), format));
    }

    /** Receivers rely on it: additions only. */
    @Test
    void theGenericFormIsStable() {
        assertThat(new ObjectMapper()
                        .readTree(body.of(Digest.of(Samples.closed("i-1")), Format.JSON))
                        .toPrettyString())
                .isEqualToNormalizingNewlines("""
                        {
                          "version" : 1,
                          "id" : "i-1:closed",
                          "incident" : "i-1",
                          "event" : "closed",
                          "severity" : "page",
                          "service" : "shop",
                          "budget" : "http-p95",
                          "title" : "95 of 100 requests",
                          "subject" : "GET /pets/{id}",
                          "verdict" : "PASS",
                          "sentence" : "38 of 412 requests (9.2 %) took 100 ms or more; 5 % allowed; p = 0.0003",
                          "current" : "130 ms",
                          "target" : "p95(duration) < 100ms",
                          "acceptable" : "p95(duration) < 1s",
                          "events" : 412,
                          "bad" : 38,
                          "owner" : null,
                          "openedAt" : "2026-11-21T12:00:00Z",
                          "closedAt" : "2026-11-21T12:10:00Z",
                          "links" : {
                            "budget" : "https://headroom.example.org/budgets/http-p95?service=shop&subject=GET%20%2Fpets%2F%7Bid%7D",
                            "runbook" : "https://wiki.example.org/slow"
                          }
                        }""");
    }

    @Test
    void withoutABaseLinksArePathsAndChatsHaveNone() {
        MessageBody bare = new MessageBody(new Links(""));
        assertThat(bare.of(Digest.of(Samples.opened("i")), Format.JSON))
                .contains("\"budget\":\"/budgets/http-p95?service=shop");
        assertThat(bare.of(Digest.of(Samples.opened("i")), Format.SLACK)).doesNotContain("Open in Headroom");
    }

    @Test
    void slackGetsTextWithoutCommands() {
        String text = json(Samples.opened("i", "page", "GET /<!channel>&\n*x*"), Format.SLACK)
                .get("text")
                .asString();
        assertThat(text)
                .startsWith("*FAIL shop: http-p95, GET /&lt;!channel&gt;&amp; *x**\n38 of 412")
                .contains("Target p95(duration) &lt; 100ms, acceptable p95(duration) &lt; 1s; now 130 ms")
                .contains("Severity page. Since 2026-11-21 12:00:00 UTC.")
                .endsWith("|Open in Headroom>");
        assertThat(text).doesNotContain("<!");
    }

    @Test
    void teamsGetsACard() {
        JsonNode card = json(Samples.closed("i"), Format.TEAMS)
                .get("attachments")
                .get(0)
                .get("content");
        assertThat(card.get("type").asString()).isEqualTo("AdaptiveCard");
        assertThat(card.get("body").get(0).get("text").asString())
                .isEqualTo("Closed: shop: http-p95, GET /pets/{id} is PASS");
        assertThat(card.get("body").get(3).get("text").asString()).startsWith("Open for 10 min");
        assertThat(card.get("actions").get(0).get("url").asString())
                .startsWith("https://headroom.example.org/budgets/");
    }

    @Test
    void discordGetsTextThatCallsNobodyAndFits() {
        JsonNode message = json(Samples.opened("i", "page", "@everyone " + "x_".repeat(2000)), Format.DISCORD);
        assertThat(message.get("content").asString())
                .hasSizeLessThanOrEqualTo(2000)
                .startsWith("**FAIL shop");
        assertThat(message.get("allowed_mentions").get("parse")).isEmpty();
    }

    @Test
    void severalAlertsOfAServiceAreOneListWithALinkToAllOfThem() {
        Digest message = new Digest(
                List.of(Samples.opened("a"), Samples.opened("b", "page", ""), Samples.opened("c", "page", "<!here>")));
        String slack = new ObjectMapper()
                .readTree(body.of(message, Format.SLACK))
                .get("text")
                .asString();
        assertThat(slack.lines())
                .startsWith("*FAIL shop: 3 alerts*")
                .contains(
                        "FAIL http-p95. 38 of 412 requests (9.2 %) took 100 ms or more; 5 % allowed; p = 0.0003"
                                + " (https://wiki.example.org/slow)",
                        "Severity page. Since 2026-11-21 12:00:00 UTC.",
                        "<https://headroom.example.org/incidents?service=shop|Open in Headroom>")
                .hasSize(6);
        assertThat(slack).contains("FAIL http-p95, GET /pets/{id}. ", "FAIL http-p95, &lt;!here&gt;. ");
        Digest ended = new Digest(List.of(Samples.closed("a"), Samples.closed("b")));
        assertThat(body.of(ended, Format.TEAMS)).contains("Closed: shop: 2 alerts", "PASS http-p95, GET /pets/{id}");
        assertThat(json(Samples.opened("a"), Format.JSON))
                .as("programs are told of one incident in each message")
                .isEqualTo(new ObjectMapper().readTree(body.of(message, Format.JSON)));
        Digest many = new Digest(Collections.nCopies(40, Samples.opened("a")));
        assertThat(new ObjectMapper()
                        .readTree(body.of(many, Format.DISCORD))
                        .get("content")
                        .asString())
                .hasSizeLessThanOrEqualTo(2000)
                .endsWith("https://headroom.example.org/incidents?service=shop");
    }

    @Test
    void aTestSaysThatNothingIsWrong() {
        for (Format format : Format.values()) {
            assertThat(body.of(Digest.of(News.test("ticket", "t-1", Samples.NOON)), format))
                    .contains("nothing is wrong");
        }
    }
}

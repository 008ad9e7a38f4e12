package dev.headroom.dashboard.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.file.AlertTarget.Format;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotifierTest {
    private static final Outcome SENT = new Outcome.Sent("answered 200");
    private static final Outcome LATER = new Outcome.Later("answered 503", Duration.ZERO);
    private static final Recipient PAGED = Samples.webhook("http://127.0.0.1:1/x", Format.JSON);

    private final KeptSettings disk = new KeptSettings();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BlockingQueue<String> tried = new LinkedBlockingQueue<>();
    private final List<Notifier> open = new ArrayList<>();
    private Duration giveUp = Duration.ofHours(24);

    @AfterEach
    void close() {
        open.forEach(Notifier::close);
    }

    private Notifier notifier(Function<News, Outcome> receiver, Recipient... recipients) {
        Courier courier = (message, recipient) -> {
            Outcome outcome = receiver.apply(message.first());
            tried.add(message.id() + (outcome instanceof Outcome.Sent ? "" : " failed"));
            return outcome;
        };
        Notifier notifier = new Notifier(
                new Outbox(disk, InstantSource.system(), 5),
                new Notifier.Couriers(courier, courier),
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), giveUp),
                InstantSource.system(),
                registry);
        notifier.direct(List.of(recipients));
        open.add(notifier);
        return notifier;
    }

    private String next() throws InterruptedException {
        String next = tried.poll(20, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    private void eventually(java.util.function.BooleanSupplier state) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(20);
        while (!state.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void tellsTheRecipientsOfItsSeverityOnce() throws InterruptedException {
        Notifier notifier = notifier(news -> SENT, PAGED);
        notifier.tell(List.of(Samples.opened("ticket", "ticket", "")));
        notifier.tell(List.of(Samples.opened("none", "none", "")));
        notifier.tell(List.of(Samples.opened("i")));
        notifier.tell(List.of(Samples.opened("i")));
        notifier.tell(List.of(Samples.closed("i")));
        assertThat(next()).isEqualTo("i:opened");
        assertThat(next()).isEqualTo("i:closed");
        eventually(() -> notifier.report().waiting() == 0);
        assertThat(tried).isEmpty();
        assertThat(registry.get("headroom.notify.sent")
                        .tag("event", "opened")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void triesAgainAndNeverTellsTheEndBeforeTheBegin() throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>(List.of(LATER, new Outcome.Refused("answered 400", "no"), LATER));
        Notifier notifier = notifier(news -> outcomes.isEmpty() ? SENT : outcomes.remove(0), PAGED);
        notifier.tell(List.of(Samples.opened("i")));
        notifier.tell(List.of(Samples.closed("i")));
        assertThat(List.of(next(), next(), next(), next(), next()))
                .containsExactly("i:opened failed", "i:opened failed", "i:opened failed", "i:opened", "i:closed");
        eventually(() -> notifier.report().recipients().get(0).trouble() == null);
    }

    @Test
    void aRefusedMessageHoldsUpItsOwnIncidentOnly() throws InterruptedException {
        Notifier notifier =
                notifier(news -> news.incident().equals("odd") ? new Outcome.Refused("answered 400", "") : SENT, PAGED);
        notifier.tell(List.of(Samples.opened("odd")));
        notifier.tell(List.of(Samples.opened("good")));
        eventually(() -> tried.contains("good:opened"));
        assertThat(notifier.report().recipients().get(0).pending()).isEqualTo(1);
    }

    @Test
    void whatOneEvaluationBroughtIsOneMessageForPeopleAndOneEachForPrograms() throws InterruptedException {
        Recipient chat = Samples.webhook("http://127.0.0.1:1/chat", Format.SLACK);
        Notifier people = notifier(news -> SENT, chat);
        List<News> together = List.of(Samples.opened("a"), Samples.opened("b"), Samples.opened("c"));
        people.tell(together);
        assertThat(next()).isEqualTo(new Digest(together).id());
        eventually(() -> people.report().waiting() == 0);
        people.tell(together);
        people.tell(List.of(Samples.closed("a"), Samples.opened("d"), Samples.closed("c")));
        assertThat(List.of(next(), next()))
                .as("what is known is not told again, and an end goes with ends only")
                .containsExactly(new Digest(List.of(Samples.closed("a"), Samples.closed("c"))).id(), "d:opened");
        eventually(() -> people.report().waiting() == 0);
        Notifier programs = notifier(news -> SENT, PAGED);
        programs.tell(together);
        assertThat(List.of(next(), next(), next())).containsExactly("a:opened", "b:opened", "c:opened");
        eventually(() -> programs.report().waiting() == 0);
        assertThat(tried).isEmpty();
    }

    @Test
    void aGroupThatIsRefusedIsSentOneByOne() throws InterruptedException {
        Recipient chat = Samples.webhook("http://127.0.0.1:1/chat", Format.SLACK);
        List<Outcome> outcomes = new ArrayList<>(List.of(LATER, new Outcome.Refused("answered 400", "too long")));
        Notifier notifier = notifier(news -> outcomes.isEmpty() ? SENT : outcomes.remove(0), chat);
        List<News> together = List.of(Samples.opened("a"), Samples.opened("b"));
        notifier.tell(together);
        String group = new Digest(together).id() + " failed";
        assertThat(List.of(next(), next(), next(), next())).containsExactly(group, group, "a:opened", "b:opened");
        eventually(() -> notifier.report().waiting() == 0);
        assertThat(tried).isEmpty();
    }

    @Test
    void aReceiverThatHangsHoldsUpNobodyElse() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        Recipient other = new Recipient("page/webhook/2", "id-2", PAGED.target(), PAGED.address(), "x", null);
        Courier courier = (message, recipient) -> {
            if (recipient.equals(PAGED)) {
                hanging.await();
            }
            tried.add(recipient.name());
            return SENT;
        };
        Notifier notifier = new Notifier(
                new Outbox(disk, InstantSource.system(), 5),
                new Notifier.Couriers(courier, null),
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), giveUp),
                InstantSource.system(),
                registry);
        open.add(notifier);
        notifier.direct(List.of(PAGED, other));
        notifier.tell(List.of(Samples.opened("i")));
        assertThat(next()).isEqualTo("page/webhook/2");
        hanging.countDown();
        assertThat(next()).isEqualTo("page/webhook/1");
    }

    @Test
    void whatWaitedIsDeliveredAfterARestartAndWhatWasDeliveredIsNot() throws InterruptedException {
        Notifier first = notifier(news -> news.incident().equals("a") ? SENT : LATER, PAGED);
        first.tell(List.of(Samples.opened("a")));
        first.tell(List.of(Samples.opened("b")));
        eventually(() -> tried.contains("b:opened failed"));
        first.close();
        tried.clear();
        Notifier second = notifier(news -> SENT, PAGED);
        second.tell(List.of(Samples.opened("a")));
        second.tell(List.of(Samples.opened("b")));
        second.tell(List.of(Samples.closed("a")));
        assertThat(next()).isEqualTo("b:opened");
        assertThat(next()).isEqualTo("a:closed");
        eventually(() -> second.report().waiting() == 0);
        assertThat(tried).isEmpty();
    }

    @Test
    void whoJoinsLaterHearsOfNoEndWithoutItsBegin() throws InterruptedException {
        Notifier notifier = notifier(news -> SENT, PAGED);
        notifier.tell(List.of(Samples.closed("old")));
        notifier.tell(List.of(Samples.opened("new")));
        assertThat(next()).isEqualTo("new:opened");
    }

    @Test
    void aFullDiskKeepsNobodyFromBeingCalled() throws InterruptedException {
        disk.full(true);
        Notifier notifier = notifier(news -> SENT, PAGED);
        notifier.tell(List.of(Samples.opened("i")));
        assertThat(next()).isEqualTo("i:opened");
    }

    @Test
    void theOutboxIsBounded() throws InterruptedException {
        Notifier notifier = notifier(news -> LATER, PAGED);
        for (int i = 0; i < 8; i++) {
            notifier.tell(List.of(Samples.opened("i" + i)));
        }
        eventually(() ->
                registry.find("headroom.notify.dropped").tag("reason", "full").counter() != null
                        && registry.get("headroom.notify.dropped")
                                        .tag("reason", "full")
                                        .counter()
                                        .count()
                                == 3);
        assertThat(notifier.report().waiting()).isEqualTo(5);
    }

    @Test
    void whatCannotBeDeliveredIsGivenUpAtLast() throws InterruptedException {
        giveUp = Duration.ofMillis(30);
        Notifier notifier = notifier(news -> LATER, PAGED);
        notifier.tell(List.of(Samples.opened("i")));
        eventually(() -> notifier.report().waiting() == 0 && !tried.isEmpty());
        assertThat(registry.get("headroom.notify.dropped")
                        .tag("reason", "gave-up")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatWaitsForSomebodyWhoLeftTheFileIsDropped() throws InterruptedException {
        Notifier notifier = notifier(news -> LATER, PAGED);
        notifier.tell(List.of(Samples.opened("i")));
        eventually(() -> !tried.isEmpty());
        notifier.direct(List.of());
        eventually(() -> notifier.report().waiting() == 0);
        assertThat(notifier.report().recipients()).isEmpty();
    }

    @Test
    void whoLeavesTheFileAndComesBackIsToldNothingAgain() throws InterruptedException {
        Notifier first = notifier(news -> LATER, PAGED);
        first.tell(List.of(Samples.opened("old")));
        eventually(() -> !tried.isEmpty());
        first.close();
        tried.clear();
        Notifier second = notifier(news -> SENT, PAGED);
        assertThat(next()).isEqualTo("old:opened");
        eventually(() -> second.report().waiting() == 0);
        second.direct(List.of());
        second.direct(List.of(PAGED));
        second.tell(List.of(Samples.opened("new")));
        assertThat(next()).isEqualTo("new:opened");
    }

    @Test
    void aTestIsSentAtOnceAndSaysHowItWent() throws InterruptedException {
        Recipient unusable =
                new Recipient("page/webhook/2", "id-2", PAGED.target(), null, "${X}", "budgets.yaml:3: set X");
        Notifier notifier = notifier(news -> new Outcome.Refused("answered 404", "no_such_hook"), PAGED, unusable);
        assertThat(notifier.test("page"))
                .containsExactly(
                        new NotifyReport.Tried(
                                "page/webhook/1", "http://127.0.0.1/…", false, "answered 404", "no_such_hook"),
                        new NotifyReport.Tried("page/webhook/2", "${X}", false, "budgets.yaml:3: set X", ""));
        assertThat(notifier.test("ticket")).isEmpty();
        assertThat(notifier.report().waiting()).isZero();
    }
}

package dev.headroom.demo.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundTasksTest {
    @Test
    void theUrgentGoFirstAndOfEqualOnesTheOldest() throws Exception {
        BackgroundTasks tasks = new BackgroundTasks();
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(4);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try {
            CountDownLatch busy = new CountDownLatch(2);
            CountDownLatch held = new CountDownLatch(1);
            for (CountDownLatch until : List.of(go, held)) { // both workers are busy; the second stays so
                tasks.run(BackgroundTasks.HIGH, () -> {
                    busy.countDown();
                    await(until);
                });
            }
            assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
            for (String name : List.of("1 low", "2 high", "3 medium", "4 high")) {
                int priority = name.endsWith("low")
                        ? BackgroundTasks.LOW
                        : name.endsWith("high") ? BackgroundTasks.HIGH : BackgroundTasks.MEDIUM;
                tasks.run(priority, () -> {
                    order.add(name);
                    done.countDown();
                });
            }
            go.countDown();
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            held.countDown();
            assertThat(order).containsExactly("2 high", "4 high", "3 medium", "1 low");
        } finally {
            tasks.destroy();
        }
    }

    @Test
    void messagesLeaveInTensAndTheRestWhenItIsFlushed() {
        List<List<String>> sent = new ArrayList<>();
        MessageBatch batch = new MessageBatch(10, sent::add);

        assertThat(batch.add("m0")).as("somebody must flush it").isTrue();
        for (int i = 1; i < 12; i++) {
            batch.add("m" + i);
        }
        batch.flush();
        batch.flush();

        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).hasSize(10).startsWith("m0").endsWith("m9");
        assertThat(sent.get(1)).containsExactly("m10", "m11");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}

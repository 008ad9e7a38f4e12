package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.StoreUnusableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    @Test
    void anErrorInTheMiddleIsToldAndNothingMoreIsTaken() throws Exception {
        CompletableFuture<Throwable> died = new CompletableFuture<>();
        OutOfMemoryError error = new OutOfMemoryError("thrown by the test");
        GroupCommit commits = new GroupCommit(
                new GroupCommit.Work() {
                    @Override
                    public List<Outcome> commit(List<Batch> batches) {
                        throw error;
                    }

                    @Override
                    public void stored(List<Batch> batches, List<Outcome> outcomes) {
                        throw new AssertionError("nothing was stored");
                    }

                    @Override
                    public RuntimeException failure(Exception cause) {
                        return new IllegalStateException(cause);
                    }

                    @Override
                    public void died(Throwable cause) {
                        died.complete(cause);
                    }
                },
                Duration.ZERO);

        CompletableFuture<List<Outcome>> answer = commits.submit(List.of());

        assertThat(died.get(30, TimeUnit.SECONDS)).isSameAs(error);
        assertThat(answer).isNotCompletedExceptionally().isNotDone();
        assertThatExceptionOfType(StoreUnusableException.class).isThrownBy(() -> commits.submit(List.of()));
        commits.close();
    }
}

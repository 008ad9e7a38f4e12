package dev.headroom.core.hook.task;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/**
 * Tasks on their way from a request's thread to another one. A task that is handed over again before it ran, by another request, is
 * nobody's. Thread-safe; a thread that hands nothing over pays for a look at an empty map.
 */
final class Tasks {
    private static final int MAX_TASKS = 20_000;

    private final WeakIdentityMap<RequestScope> tasks = new WeakIdentityMap<>(MAX_TASKS);

    /** Stands for several requests. */
    private final RequestScope nobody = new RequestScope();

    final Probe handedOver = new HandedOver();
    final Probe run = new Run(0);
    final Probe argumentRun = new Run(1);
    final Probe threadRun = new Run(2);
    final Probe taken = new Taken();

    Tasks(Recorder recorder) {
        recorder.gauges(sink -> tasks.purge());
    }

    /** The request for which the task was handed over; asked once. */
    private @Nullable RequestScope take(@Nullable Object task) {
        if (task == null || tasks.isEmpty()) {
            return null;
        }
        // No lookup kept with the thread: there are as many virtual threads as tasks.
        RequestScope request = tasks.remove(task, new WeakIdentityMap.Lookup());
        return request == null || !request.active() ? null : request;
    }

    /** The task is the argument; the calling thread serves a request, or not. */
    private final class HandedOver extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            RequestScope request = a == null ? null : CallStack.current().handOver();
            if (request == null || a == null) {
                return null;
            }
            RequestScope kept = tasks.putIfAbsent(a, request);
            if (kept != null && kept != request) {
                tasks.put(a, nobody);
            }
            return null;
        }
    }

    /** A task is run, on a thread that may be in the middle of something else. */
    private final class Run extends Probe {
        private final int from;

        /** @param from 0: the object itself is the task, 1: the argument, 2: the thread */
        Run(int from) {
            this.from = from;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (tasks.isEmpty()) {
                return null;
            }
            RequestScope request = take(from == 0 ? self : from == 1 ? a : Thread.currentThread());
            if (request == null) {
                return null;
            }
            CallStack stack = CallStack.current();
            RequestScope before = stack.request();
            stack.serve(request);
            return before;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            CallStack.current().serve((RequestScope) token);
        }
    }

    /** A worker asks for its next task, and gets it at the end of the call. */
    private final class Taken extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            CallStack stack = CallStack.current();
            stack.leave(stack.request());
            return stack;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            RequestScope request = take(result);
            if (request != null) {
                ((CallStack) token).serve(request);
            }
        }
    }
}

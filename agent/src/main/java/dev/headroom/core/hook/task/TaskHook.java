package dev.headroom.core.hook.task;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;

/**
 * Work that a request hands to another thread counts for the request. The task is remembered where it is handed over and known
 * again where it is run: nothing is wrapped, and what the executor or the application sees of the task stays as it is.
 */
public final class TaskHook extends Hook {
    private static final String JUC = "java.util.concurrent.";
    private static final String RUNNABLE = "java.lang.Runnable";

    /** @param recorder tells when to forget tasks that never ran */
    public TaskHook(Recorder recorder) {
        super("tasks", "JDK", "8 to 25");
        Tasks tasks = new Tasks(recorder);
        pool(JUC + "ThreadPoolExecutor", tasks);
        pool("org.apache.tomcat.util.threads.ThreadPoolExecutor", tasks);
        type(JUC + "ScheduledThreadPoolExecutor")
                .weave(method("delayedExecute", JUC + "RunnableScheduledFuture")
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(tasks.handedOver));
        type(JUC + "ForkJoinPool")
                .weave(
                        method("execute", RUNNABLE)
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(tasks.handedOver),
                        method("execute", JUC + "ForkJoinTask")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(tasks.handedOver));
        type(JUC + "ThreadPerTaskExecutor")
                .weave(method("start", "java.lang.Thread")
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(tasks.handedOver));
        type(JUC + "CompletableFuture$ThreadPerTaskExecutor")
                .weave(method("execute", RUNNABLE)
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(tasks.handedOver));
        type("jdk.internal.misc.ThreadFlock")
                .weave(method("start", "java.lang.Thread")
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(tasks.handedOver));
        for (String own : new String[] {
            "FutureTask", "CompletableFuture$AsyncSupply", "CompletableFuture$AsyncRun", "CompletableFuture$Completion"
        }) {
            type(JUC + own).weave(method("run").advice(Advices.TIMED).probe(tasks.run));
        }
        type(JUC + "CompletableFuture$Completion")
                .weave(method("exec").advice(Advices.TIMED).probe(tasks.run));
        for (String own : new String[] {
            "ThreadPerTaskExecutor$TaskRunner",
            "ThreadPerTaskExecutor$ThreadBoundFuture",
            "StructuredTaskScope$SubtaskImpl",
            "StructuredTaskScopeImpl$SubtaskImpl"
        }) {
            type(JUC + own).weave(method("run").advice(Advices.TIMED).probe(tasks.threadRun));
        }
        type("org.springframework.core.task.SimpleAsyncTaskExecutor")
                .weave(method("execute", RUNNABLE, "long")
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(tasks.handedOver));
        type("org.eclipse.jetty.util.thread.QueuedThreadPool")
                .weave(
                        method("execute", RUNNABLE)
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(tasks.handedOver),
                        method("runJob", RUNNABLE)
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(tasks.argumentRun));
        type("org.jboss.threads.EnhancedQueueExecutor")
                .weave(
                        method("execute", RUNNABLE)
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(tasks.handedOver),
                        method("safeRun", RUNNABLE)
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(tasks.argumentRun));
    }

    /** A worker of a pool takes a new task where it is done with the last one: no task is missed, and none is kept. */
    private void pool(String name, Tasks tasks) {
        type(name)
                .weave(
                        method("execute", RUNNABLE)
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(tasks.handedOver),
                        method("getTask").advice(Advices.TIMED).probe(tasks.taken));
        type(name + "$Worker")
                .weave(method("run")
                        .needs(name + "$Worker", "firstTask")
                        .advice(nested("Work"))
                        .probe(tasks.argumentRun));
    }

    static final class Work {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.FieldValue("firstTask") Runnable task) {
            return HeadroomBridge.live.enter(hook, null, task, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }
}

package dev.headroom.agent.cli;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The JDK's {@code com.sun.tools.attach}, where this Java has it. Immutable. */
final class AttachApi {
    private static final String MACHINE = "com.sun.tools.attach.VirtualMachine";

    /** A JVM that stands still does not answer; the list goes on without it. */
    private static final long ANSWER_MILLIS = 3_000;

    private final Class<?> machine;

    private AttachApi(Class<?> machine) {
        this.machine = machine;
    }

    static AttachApi load() throws Refusal {
        try {
            return new AttachApi(Class.forName(MACHINE));
        } catch (ClassNotFoundException notAModule) {
            return java8(new File(System.getProperty("java.home")));
        }
    }

    /** Java 8 keeps it in a jar of its own, beside the JRE within the JDK. */
    static AttachApi java8(File home) throws Refusal {
        File[] places = {new File(home, "../lib/tools.jar"), new File(home, "lib/tools.jar")};
        for (File tools : places) {
            if (tools.isFile()) {
                try {
                    URL[] jar = {tools.toURI().toURL()};
                    return new AttachApi(Class.forName(MACHINE, true, new URLClassLoader(jar)));
                } catch (ClassNotFoundException | MalformedURLException | LinkageError unusable) {
                    throw absent(home, tools + " cannot be used: " + unusable);
                }
            }
        }
        throw absent(home, "neither module jdk.attach nor lib/tools.jar");
    }

    private static Refusal absent(File home, String found) {
        return new Refusal(
                Refusal.NO_ATTACH_API,
                "the Java in " + home + " cannot attach to others: found " + found
                        + "; expected a JDK. Run this with the java of a JDK, such as $JAVA_HOME/bin/java,"
                        + " or start the application with -javaagent:headroom-agent.jar");
    }

    Attached attach(String pid) throws Refusal {
        if (!Processes.exists(pid)) {
            throw new Refusal(Refusal.NO_SUCH_JVM, "no process " + pid + " on this machine; \"list\" shows JVMs");
        }
        try {
            Object attached = machine.getMethod("attach", String.class).invoke(null, pid);
            return new Attached(attached, machine, pid);
        } catch (ReflectiveOperationException failure) {
            throw refused(pid, Attached.cause(failure));
        }
    }

    private static Refusal refused(String pid, Throwable cause) {
        String said = String.valueOf(cause.getMessage());
        if (said.contains("No such process")) {
            return new Refusal(Refusal.NO_SUCH_JVM, "process " + pid + " has ended; \"list\" shows JVMs");
        }
        String owner = Processes.owner(pid);
        boolean foreign = owner != null && !owner.equals(System.getProperty("user.name"));
        if (foreign
                || said.contains("not permitted")
                || said.contains("ermission denied")
                || said.contains("not secure")) {
            return new Refusal(
                    Refusal.NOT_PERMITTED,
                    "process " + pid + " belongs to " + (owner == null ? "another user" : "user " + owner)
                            + " and this is user " + System.getProperty("user.name") + " (" + said
                            + "); run this as the same user, such as with sudo -u");
        }
        return new Refusal(
                Refusal.NOT_ATTACHABLE,
                "process " + pid + " does not let agents in (" + said + "); it is no HotSpot JVM, stands still,"
                        + " or was started with -XX:+DisableAttachMechanism. Start it with -javaagent:headroom-agent.jar");
    }

    /** JVMs of this user, this one left out, in the order of their process ids. */
    List<RunningJvm> list() throws Refusal {
        List<RunningJvm> jvms = new ArrayList<>();
        try {
            Class<?> descriptor =
                    Class.forName("com.sun.tools.attach.VirtualMachineDescriptor", true, machine.getClassLoader());
            String self = Processes.self();
            for (Object each : (List<?>) machine.getMethod("list").invoke(null)) {
                String pid = (String) descriptor.getMethod("id").invoke(each);
                String display = (String) descriptor.getMethod("displayName").invoke(each);
                if (!pid.equals(self)) {
                    int blank = display.indexOf(' ');
                    String main = blank < 0 ? display : display.substring(0, blank);
                    jvms.add(new RunningJvm(pid, main.isEmpty() ? "?" : main, headroom(pid)));
                }
            }
        } catch (ReflectiveOperationException failure) {
            throw new Refusal(Refusal.NO_ATTACH_API, "JVMs cannot be listed (" + Attached.cause(failure) + ")");
        }
        jvms.sort((one, other) -> Long.compare(Long.parseLong(one.pid()), Long.parseLong(other.pid())));
        return jvms;
    }

    private String headroom(String pid) {
        AtomicReference<String> answer = new AtomicReference<>("does not answer");
        Thread asking = new Thread(
                () -> {
                    try (Attached jvm = attach(pid)) {
                        Presence presence = Presence.of(jvm);
                        answer.set(presence == null ? "no" : presence.toString());
                    } catch (Refusal refusal) {
                        answer.set(refusal.exitCode() == Refusal.NOT_PERMITTED ? "not permitted" : "lets nobody in");
                    }
                },
                "ask " + pid);
        asking.setDaemon(true);
        asking.start();
        try {
            asking.join(ANSWER_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return String.valueOf(answer.get());
    }
}

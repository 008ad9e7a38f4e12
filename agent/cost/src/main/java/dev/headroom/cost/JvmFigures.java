package dev.headroom.cost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM says of itself to the JDK's jcmd. */
final class JvmFigures {
    private static final Pattern USED = Pattern.compile("used (\\d+)([KM])");
    private static final Pattern COUNTER = Pattern.compile("(?m)^([\\w.]+)=(\\d+)");
    private static final double KILOBYTES_PER_MEGABYTE = 1024;

    private final Path java;
    private final long pid;

    /** @param java home folder of the JDK that runs the process */
    JvmFigures(Path java, long pid) {
        this.java = java;
        this.pid = pid;
    }

    /** Collects twice, since what the first collection finds unreachable may be freed by the second only. */
    void afterFullCollection(Map<Figure, Double> figures) throws IOException, InterruptedException {
        ask("GC.run");
        ask("GC.run");
        String heap = ask("GC.heap_info");
        int metaspace = heap.indexOf("Metaspace");
        if (metaspace < 0) {
            throw new IOException("jcmd GC.heap_info said nothing of metaspace: " + heap);
        }
        figures.put(Figure.HEAP, used(heap.substring(0, metaspace), Integer.MAX_VALUE));
        // the line behind, class space, is a part of it
        figures.put(Figure.METASPACE, used(heap.substring(metaspace), 1));
        String counters = ask("PerfCounter.print");
        figures.put(
                Figure.CLASSES,
                counter(counters, "java.cls.loadedClasses")
                        + counter(counters, "java.cls.sharedLoadedClasses")
                        - counter(counters, "java.cls.unloadedClasses")
                        - counter(counters, "java.cls.sharedUnloadedClasses"));
        figures.put(Figure.THREADS, counter(counters, "java.threads.live"));
    }

    private static double used(String text, int regions) {
        double megabytes = 0;
        Matcher used = USED.matcher(text);
        for (int i = 0; i < regions && used.find(); i++) {
            double value = Double.parseDouble(used.group(1));
            megabytes += used.group(2).equals("K") ? value / KILOBYTES_PER_MEGABYTE : value;
        }
        return megabytes;
    }

    private static double counter(String counters, String name) throws IOException {
        Matcher counter = COUNTER.matcher(counters);
        while (counter.find()) {
            if (counter.group(1).equals(name)) {
                return Double.parseDouble(counter.group(2));
            }
        }
        throw new IOException("jcmd PerfCounter.print has no " + name);
    }

    String ask(String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 2];
        command[0] = java.resolve("bin/jcmd").toString();
        command[1] = Long.toString(pid);
        System.arraycopy(words, 0, command, 2, words.length);
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + answer);
        }
        return answer;
    }
}

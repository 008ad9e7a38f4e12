package dev.headroom.capacity;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Somebody who looks at pages over 24 h, one after another, of services at random. */
final class PageReader implements Runnable {
    private static final long PAUSE_MILLIS = 250;
    private static final long SEED = 7;

    private final int port;
    private final int services;
    private final Map<String, Times> times = new TreeMap<>();
    private final Times lately = new Times();
    private final SlowPages slow = new SlowPages();
    private volatile boolean ended;
    private volatile String failure = "";

    PageReader(int port, int services) {
        this.port = port;
        this.services = services;
        for (String page : new String[] {
            "/routes?range=24h&service=",
            "/queries?range=24h&service=",
            "/caches?range=24h&service=",
            "/services/",
            "/api/v1/routes?from=24h&service=",
            "/?",
            "/routes?range=15m&service="
        }) {
            times.put(page, new Times());
        }
    }

    @Override
    public void run() {
        Random random = new Random(SEED);
        while (!ended) {
            try (Line line = new Line(port)) {
                while (!ended) {
                    for (Map.Entry<String, Times> page : times.entrySet()) {
                        get(line, page.getKey(), Fleet.name(random.nextInt(services)), page.getValue());
                        Thread.sleep(PAUSE_MILLIS);
                    }
                }
            } catch (IOException failed) {
                failure = failed.toString();
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void get(Line line, String page, String service, Times into) throws IOException {
        String path = page.endsWith("?") ? "/" : page + service;
        path = path.replace("from=24h", "from=" + (System.currentTimeMillis() - 24 * 3_600_000L));
        if (page.equals("/services/")) {
            path += "?range=24h";
        }
        long begun = System.nanoTime();
        Line.Answer answer = line.get(path);
        double millis = (System.nanoTime() - begun) / 1e6;
        into.add(millis);
        lately.add(millis);
        slow.add(page, millis);
        if (answer.status() != 200) {
            failure = path + " answered " + answer.status();
        }
    }

    void clear() {
        times.values().forEach(Times::clear);
        lately.clear();
        slow.clear();
    }

    /** All pages since the last call. */
    String lately() {
        String described = lately.described();
        lately.clear();
        return described;
    }

    void end() {
        ended = true;
    }

    Map<String, Times> times() {
        return times;
    }

    SlowPages slow() {
        return slow;
    }

    /** The last thing that went wrong, or nothing. */
    String failure() {
        return failure;
    }
}

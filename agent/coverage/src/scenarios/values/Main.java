/** How large values are, and how long entries may live. */
public final class Main {
    private static final String SIZE = "cache.value.size";
    private static final String LIFETIME = "cache.ttl";
    private static final String GIVEN = "headroom.cache.ttl=set";
    private static final String NONE = "headroom.cache.ttl=";

    /** Whether the client gives an entry its lifetime by a command, not within a script, which nobody sees. */
    private static final boolean BY_COMMAND = Boolean.parseBoolean(System.getProperty("values.expire", "true"));

    /** More than the agent keeps of a command. */
    static final int LARGE = 5000;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        String large = "x".repeat(LARGE);
        try (Client redis = new Client()) {
            redis.set("user:1", "abc");
            redis.set("user:2", large);
            System.out.println(redis.get("user:1") + redis.get("user:2").length() + redis.get("user:3"));
            redis.set("session:1", "abcd", 60);
            redis.set("session:2", large, 7);
            redis.set("lock:1", "x");
            redis.expire("lock:1", 30);
            redis.set("lock:2", "x");
            // Who gets no lifetime in the window that follows gets none.
            Expect.awaitExport();
            Expect.awaitExport();
        }
        Expect.count(SIZE, 4, "cache=user:{id}");
        Expect.sum(SIZE, 2 * (3 + LARGE), "cache=user:{id}");
        Expect.count(SIZE, 2, "cache=session:{id}");
        Expect.sum(SIZE, 4 + LARGE, "cache=session:{id}");
        Expect.count(SIZE, 2, "cache=lock:{id}");
        Expect.count(LIFETIME, 2, "cache=user:{id}", NONE);
        Expect.none(LIFETIME, "cache=user:{id}", GIVEN);
        Expect.count(LIFETIME, 2, "cache=session:{id}", GIVEN);
        Expect.sum(LIFETIME, 67, "cache=session:{id}", GIVEN);
        Expect.none(LIFETIME, "cache=session:{id}", NONE);
        Expect.count(LIFETIME, BY_COMMAND ? 1 : 2, "cache=lock:{id}", NONE);
        if (BY_COMMAND) {
            Expect.count(LIFETIME, 1, "cache=lock:{id}", GIVEN);
            Expect.sum(LIFETIME, 30, "cache=lock:{id}", GIVEN);
        } else {
            Expect.none(LIFETIME, "cache=lock:{id}", GIVEN);
        }
    }
}

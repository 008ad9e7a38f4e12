package dev.headroom.harmless;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** An application that uses every library that is hooked, and prints all that it sees of it. */
final class EveryHook {
    /** Uses one library, its failures included, more than ten times each. */
    interface Scenario {
        void play(Transcript transcript) throws Exception;
    }

    /** Enough for a hook to fail ten times and be called afterwards. */
    static final int TIMES = 15;

    private EveryHook() {}

    /** By hook; a server's scenario serves the hooks of the frameworks on it. */
    static Map<String, Scenario> scenarios() {
        Map<String, Scenario> scenarios = new LinkedHashMap<>();
        scenarios.put("jdbc", new JdbcScenario());
        scenarios.put("hikari", new HikariScenario());
        scenarios.put("jedis", new JedisScenario());
        scenarios.put("lettuce", new LettuceScenario());
        scenarios.put("tomcat", new TomcatScenario("/plain"));
        scenarios.put("spring-mvc", new TomcatScenario("/pets/17"));
        scenarios.put("jdk-http-client", new HttpClientScenario());
        scenarios.put("url-connection", new UrlConnectionScenario());
        return scenarios;
    }

    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        scenarios().forEach((hook, scenario) -> {
            Transcript transcript = new Transcript();
            transcript.tell(hook, () -> {
                scenario.play(transcript);
                return "done";
            });
            System.out.print(transcript.text());
        });
        System.exit(0);
    }
}

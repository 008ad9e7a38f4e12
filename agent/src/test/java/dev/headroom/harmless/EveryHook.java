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
        scenarios.put("r2dbc", new R2dbcScenario());
        scenarios.put("vertx-sql", new VertxSqlScenario());
        scenarios.put("hikari", new HikariScenario());
        scenarios.put("tomcat-jdbc", new TomcatPoolScenario());
        scenarios.put("dbcp2", new DbcpScenario());
        scenarios.put("c3p0", new C3p0Scenario());
        scenarios.put("ucp", new UcpScenario());
        scenarios.put("agroal", new AgroalScenario());
        scenarios.put("druid", new DruidScenario());
        scenarios.put("r2dbc-pool", new R2dbcPoolScenario());
        scenarios.put("spring-cache", new SpringCacheScenario());
        scenarios.put("caffeine", new CaffeineScenario());
        scenarios.put("guava", new GuavaScenario());
        scenarios.put("ehcache", new EhcacheScenario());
        scenarios.put("jedis", new JedisScenario());
        scenarios.put("valkey", new ValkeyScenario());
        scenarios.put("lettuce", new LettuceScenario());
        scenarios.put("redisson", new RedissonScenario());
        scenarios.put("vertx-redis", new VertxRedisScenario());
        scenarios.put("tasks", new TasksScenario());
        scenarios.put("servlet-javax", new TomcatScenario("/files/a/b"));
        scenarios.put("tomcat", new TomcatScenario("/plain"));
        scenarios.put("spring-mvc", new TomcatScenario("/pets/17"));
        scenarios.put("tomcat-websocket", new TomcatSocketScenario());
        scenarios.put("jetty-websocket", new JettySocketScenario());
        scenarios.put("undertow-websocket", new UndertowSocketScenario());
        scenarios.put("servlet-jakarta", new JettyScenario());
        scenarios.put("jetty", new JettyScenario());
        scenarios.put("undertow", new UndertowScenario());
        scenarios.put("spring-webflux", new WebFluxScenario());
        scenarios.put("reactor-netty-server", new ReactorServerScenario());
        scenarios.put("vertx-http", new VertxHttpScenario());
        scenarios.put("grpc-server", new GrpcScenario());
        scenarios.put("jdk-http-server", new JdkServerScenario());
        scenarios.put("jdk-http-client", new HttpClientScenario());
        scenarios.put("url-connection", new UrlConnectionScenario());
        scenarios.put("apache-httpclient", new ApacheScenario());
        scenarios.put("apache-httpasyncclient", new ApacheAsyncScenario());
        scenarios.put("apache-httpclient5", new Apache5Scenario());
        scenarios.put("apache-httpclient5-async", new Apache5AsyncScenario());
        scenarios.put("okhttp", new OkHttpScenario());
        scenarios.put("okhttp2", new OkHttp2Scenario());
        scenarios.put("reactor-netty-client", new ReactorClientScenario());
        scenarios.put("jetty-client", new JettyClientScenario());
        scenarios.put("async-http-client", new AsyncHttpClientScenario());
        scenarios.put("grpc-client", new GrpcScenario());
        scenarios.put("jax-rs", new JaxRsScenario());
        scenarios.put("spring-client", new SpringClientScenario());
        scenarios.put("trace-parent", new TraceScenario());
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

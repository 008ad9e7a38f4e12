package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApplicationFrameTest {
    private static StackTraceElement frame(String type, String method, String file, int line) {
        return new StackTraceElement(type, method, file, line);
    }

    @Test
    void passesOverTheAgentDriversPoolsMappersAndProxies() {
        String place = ApplicationFrame.of(new StackTraceElement[] {
            frame("dev.headroom.core.record.Callers", "ran", "Callers.java", 40),
            frame("org.h2.jdbc.JdbcPreparedStatement", "executeQuery", "JdbcPreparedStatement.java", 79),
            frame("com.zaxxer.hikari.pool.ProxyPreparedStatement", "executeQuery", null, -1),
            frame("org.hibernate.loader.Loader", "list", "Loader.java", 1),
            frame("com.acme.OwnerRepository$$SpringCGLIB$$0", "findAll", "<generated>", -1),
            frame("com.acme.Order$HibernateProxy", "customer", null, -1),
            frame("com.acme.Item$HibernateProxy$4c3f", "order", null, -1),
            frame("jdk.proxy2.$Proxy123", "findAll", null, -1),
            frame("com.acme.OrderService", "load", "OrderService.java", 42),
            frame("com.acme.OrderController", "orders", "OrderController.java", 7)
        });

        assertThat(place).isEqualTo("OrderService.load(OrderService.java:42)");
    }

    @Test
    void findsSamplesThatLiveInAFrameworksPackage() {
        assertThat(ApplicationFrame.of(new StackTraceElement[] {
                    frame("org.springframework.jdbc.core.JdbcTemplate", "query", "JdbcTemplate.java", 1),
                    frame("org.springframework.samples.petclinic.owner.Owners", "all", "Owners.java", 9)
                }))
                .isEqualTo("Owners.all(Owners.java:9)");
    }

    @Test
    void saysSoWhereThereIsNone() {
        assertThat(ApplicationFrame.of(new StackTraceElement[] {frame("java.lang.Thread", "run", "Thread.java", 1)}))
                .isEqualTo("a place without application code");
    }

    @Test
    void doesWithoutFileAndLine() {
        assertThat(ApplicationFrame.of(new StackTraceElement[] {frame("com.acme.A", "b", null, -1)}))
                .isEqualTo("A.b(unknown source)");
        assertThat(ApplicationFrame.of(new StackTraceElement[] {frame("com.acme.A", "b", "A.kt", -1)}))
                .isEqualTo("A.b(A.kt)");
    }
}

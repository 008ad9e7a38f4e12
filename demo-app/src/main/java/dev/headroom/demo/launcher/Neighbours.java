package dev.headroom.demo.launcher;

import java.net.URI;
import java.util.List;

/** Addresses of what the shop needs. */
record Neighbours(String jdbcUrl, String user, String password, URI redis, URI supplier) {
    /** Of the embedded servers. */
    static Neighbours of(Databases.Postgres postgres, Databases.Redis redis, SupplierServer supplier) {
        return new Neighbours(postgres.jdbcUrl(), "postgres", "postgres", redis.uri(), supplier.address());
    }

    /** Without a supplier's prices, which nobody but the shop asks for. */
    static Neighbours of(Databases.Postgres postgres, Databases.Redis redis, URI supplier) {
        return new Neighbours(postgres.jdbcUrl(), "postgres", "postgres", redis.uri(), supplier);
    }

    /** As the shop's command line. */
    List<String> asArguments() {
        return List.of(
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.datasource.username=" + user,
                "--spring.datasource.password=" + password,
                "--demo.redis=" + redis,
                "--demo.supplier=" + supplier);
    }
}

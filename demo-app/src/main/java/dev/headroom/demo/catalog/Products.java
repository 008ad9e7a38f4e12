package dev.headroom.demo.catalog;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code product}. */
@Repository
class Products {
    private final JdbcClient jdbc;

    Products(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Product> find(long id) {
        return jdbc.sql("SELECT id, title, author, price_cents, stock FROM product WHERE id = ?")
                .param(id)
                .query(Product.class)
                .optional();
    }

    List<Product> page(int page, int size) {
        return jdbc.sql("SELECT id, title, author, price_cents, stock FROM product ORDER BY id LIMIT ? OFFSET ?")
                .params(size, (long) page * size)
                .query(Product.class)
                .list();
    }

    /** Returns whether the product exists. */
    boolean reprice(long id, long priceCents) {
        return jdbc.sql("UPDATE product SET price_cents = ? WHERE id = ?")
                        .params(priceCents, id)
                        .update()
                == 1;
    }
}

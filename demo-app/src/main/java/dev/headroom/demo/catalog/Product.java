package dev.headroom.demo.catalog;

/** A book for sale; the price is in cents. */
record Product(long id, String title, String author, long priceCents, int stock) {}

/**
 * Orders: create, update, delete, and a customer's list that asks once more for every order it shows.
 */
@NullMarked
package dev.headroom.demo.orders;

import org.jspecify.annotations.NullMarked;

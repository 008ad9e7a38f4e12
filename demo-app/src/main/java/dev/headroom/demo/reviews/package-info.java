/**
 * Reviews of books, looked for by a column that no index covers.
 */
@NullMarked
package dev.headroom.demo.reviews;

import org.jspecify.annotations.NullMarked;

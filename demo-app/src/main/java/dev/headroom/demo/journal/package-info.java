/**
 * Guide 002, the journal: pages by cursor, Spring Data Redis on Lettuce, cached replies of a language model, ETag and gzip.
 */
@NullMarked
package dev.headroom.demo.journal;

import org.jspecify.annotations.NullMarked;

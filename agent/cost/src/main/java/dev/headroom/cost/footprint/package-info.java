/** A program with as many different statements as asked for, all of them busy. */
@NullMarked
package dev.headroom.cost.footprint;

import org.jspecify.annotations.NullMarked;

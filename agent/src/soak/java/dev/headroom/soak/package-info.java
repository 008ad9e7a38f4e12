/** A program that calls libraries as fast as it can, and the ledger that compares what it did with what its agent sent. */
package dev.headroom.soak;

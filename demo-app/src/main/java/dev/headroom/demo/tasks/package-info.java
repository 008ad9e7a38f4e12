/**
 * Guide 003, task management: create, read, update and delete with a pool, indexes and Spring's cache annotations.
 */
@NullMarked
package dev.headroom.demo.tasks;

import org.jspecify.annotations.NullMarked;

/**
 * Performance budgets as tests: records what a JUnit test does with Headroom's agent, within the test's own JVM and without a
 * dashboard, and fails the test when a budget of the file's {@code tests:} is broken. Judges with the dashboard's own evaluator;
 * must define no measure and no verdict itself.
 */
@NullMarked
package dev.headroom.junit;

import org.jspecify.annotations.NullMarked;

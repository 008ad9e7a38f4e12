/**
 * What the jar does instead of a dashboard: {@code token ...} and {@code user ...} for an admin at the machine itself, {@code check},
 * {@code run} and {@code validate} for builds. The only package that prints and exits.
 */
@NullMarked
package dev.headroom.dashboard.command;

import org.jspecify.annotations.NullMarked;

/**
 * What an admin does at the machine itself: {@code java -jar headroom-dashboard.jar token ...} and {@code user ...}. The only package
 * that prints and exits.
 */
@NullMarked
package dev.headroom.dashboard.command;

import org.jspecify.annotations.NullMarked;

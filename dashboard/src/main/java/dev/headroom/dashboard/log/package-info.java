/**
 * Makes every log line one line of plain text, whatever names, statements and messages from outside are in it.
 */
@NullMarked
package dev.headroom.dashboard.log;

import org.jspecify.annotations.NullMarked;

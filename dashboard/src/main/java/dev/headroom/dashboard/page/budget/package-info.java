/**
 * One budget on one subject: why it fails, since when, and who causes it.
 */
@NullMarked
package dev.headroom.dashboard.page.budget;

import org.jspecify.annotations.NullMarked;

/** What is asked for and not done, with the reason; must not know who asked, nor how it is told. */
@NullMarked
package dev.headroom.dashboard.refusal;

import org.jspecify.annotations.NullMarked;

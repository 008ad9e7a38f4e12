/**
 * An application that handles somebody's data in every way there is, each datum marked, so that a test can look for the marks. Must not
 * lie below the demo's own packages: their services would find its controllers.
 */
@NullMarked
package dev.headroom.secrets;

import org.jspecify.annotations.NullMarked;

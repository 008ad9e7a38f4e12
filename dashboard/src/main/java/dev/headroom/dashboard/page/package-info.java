/**
 * The HTML pages: a record, a controller of a few lines and a template each. Nobody but the API may know them.
 */
@NullMarked
package dev.headroom.dashboard.page;

import org.jspecify.annotations.NullMarked;

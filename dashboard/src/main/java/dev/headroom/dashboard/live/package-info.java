/**
 * The one server-sent event stream that every page shares. It sends the texts of the pages' own records, so that a page and its
 * updates cannot disagree. Nobody depends on it.
 */
@NullMarked
package dev.headroom.dashboard.live;

import org.jspecify.annotations.NullMarked;

/** The page of the budget file: what is in force, what is wrong with a newer one, and how edited limits would be judged. */
@NullMarked
package dev.headroom.dashboard.page.config;

import org.jspecify.annotations.NullMarked;

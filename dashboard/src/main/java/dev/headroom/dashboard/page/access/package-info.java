/**
 * Who may come in: tokens and users for admins, one's own password for everyone who has one.
 */
@NullMarked
package dev.headroom.dashboard.page.access;

import org.jspecify.annotations.NullMarked;

/**
 * Tells people of budgets that fail, and that they hold again: webhooks, chats, e-mail. Durable, at least once, and on threads of its own.
 */
@NullMarked
package dev.headroom.dashboard.notify;

import org.jspecify.annotations.NullMarked;

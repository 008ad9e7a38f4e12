/**
 * What a service did in one stretch of time beside what it did in another, operation by operation, and which of the differences are
 * more than noise. Knows the store, deploys and the estimates of budgets; how it is shown is nothing to it.
 */
@NullMarked
package dev.headroom.dashboard.compare;

import org.jspecify.annotations.NullMarked;

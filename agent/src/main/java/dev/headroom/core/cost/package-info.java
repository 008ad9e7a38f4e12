/**
 * What the agent costs its host, measured while it runs, and what it leaves out when that is too much. Knows recording and the
 * switches; knows neither hooks nor the wire.
 */
package dev.headroom.core.cost;

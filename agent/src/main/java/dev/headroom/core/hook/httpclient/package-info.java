/**
 * Outgoing HTTP calls. Must not know weaving or export.
 */
package dev.headroom.core.hook.httpclient;

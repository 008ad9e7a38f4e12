/**
 * HTTP servers and the frameworks that know the route. Must not know weaving or export.
 */
package dev.headroom.core.hook.httpserver;

/**
 * Messages and connections of WebSockets, on the server. Knows nothing of requests but the route of the one that became a WebSocket.
 */
package dev.headroom.core.hook.websocket;

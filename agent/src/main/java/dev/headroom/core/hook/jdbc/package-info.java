/**
 * SQL by JDBC and R2DBC drivers of any kind, by interface. Must not know weaving or export.
 */
package dev.headroom.core.hook.jdbc;

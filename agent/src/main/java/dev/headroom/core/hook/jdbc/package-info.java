/**
 * JDBC of any driver, by interface. Must not know weaving or export.
 */
package dev.headroom.core.hook.jdbc;

/**
 * The shape of an SQL text: what is left without its literals, the same at the application and at the dashboard. Shared by both;
 * java.base only.
 */
package dev.headroom.sql;

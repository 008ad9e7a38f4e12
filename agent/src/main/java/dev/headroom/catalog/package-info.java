/**
 * The names of metrics and attributes, with unit and meaning. Shared by agent and dashboard; java.base only.
 */
package dev.headroom.catalog;

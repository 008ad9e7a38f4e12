/**
 * Every option of the agent, each one constant, and the places its value may come from. Knows only java.base.
 */
package dev.headroom.core.config;

/**
 * Proves what the agent covers: reads the catalogue of libraries, fetches their jars, looks whether the hooks find what they weave, and
 * runs scenarios with and without the agent. Knows the agent by its jar, and its hooks by their declarations.
 */
package dev.headroom.coverage;

/**
 * What {@code java -jar headroom-agent.jar} does: finds JVMs, attaches the agent to one that runs, takes it away again. Never loaded
 * in an application's JVM. Knows the JDK only, and its attach API by reflection, since not every Java has it.
 */
package dev.headroom.agent.cli;

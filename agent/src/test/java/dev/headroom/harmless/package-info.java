/** What was tried to break an application with the agent, and what must hold all the same. Knows the agent only as a jar. */
package dev.headroom.harmless;

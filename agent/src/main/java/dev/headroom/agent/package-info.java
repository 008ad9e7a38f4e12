/**
 * What the JVM starts: premain, the bridge's installation and the agent's own class loader. Must know nothing but java.base
 * and java.instrument, for it lives on the application's class path.
 */
package dev.headroom.agent;

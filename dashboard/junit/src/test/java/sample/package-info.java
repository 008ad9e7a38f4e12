/** A user's tests, which GateIT runs in a JVM of their own; not found by this build's own test run, for no class is named Test. */
package sample;

package dev.headroom.harness;

/** A small program that uses a library. Loaded by the weaving loader, so it and the library are woven as in an application. */
public interface AppUnderTest {
    /** @return something of the JDK for the test to check, or null */
    Object run() throws Exception;
}

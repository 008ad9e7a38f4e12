package dev.headroom.coverage;

import dev.headroom.harness.Jdk;

/** One library in one version on one JDK. */
record Cell(Library library, Library.Run run, String version, Jdk jdk) {
    @Override
    public String toString() {
        return library.name() + (library.artifact() == null ? "" : " " + version) + " on JDK " + jdk.feature();
    }
}

package dev.headroom.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AotRecordingTest {
    @Test
    void knowsTheOptionsThatRecordFromThoseThatUse() {
        assertThat(AotRecording.asked("java\0-XX:AOTCacheOutput=app.aot\0-jar\0app.jar"))
                .isTrue();
        assertThat(AotRecording.asked("-XX:AOTMode=record -XX:AOTConfiguration=app.conf"))
                .isTrue();
        assertThat(AotRecording.asked("-XX:AOTConfiguration=app.conf -XX:AOTMode=create"))
                .isTrue();
        assertThat(AotRecording.asked("java\0-XX:AOTCache=app.aot\0-XX:AOTMode=on\0-jar\0app.jar"))
                .isFalse();
        assertThat(AotRecording.asked(null)).isFalse();
        assertThat(AotRecording.now()).as("this build records nothing").isFalse();
    }

    @Test
    void readsTheVersionsOfOldAndNewJvms() {
        assertThat(AotRecording.feature("1.8")).isZero();
        assertThat(AotRecording.feature("17")).isEqualTo(17);
        assertThat(AotRecording.feature("25")).isEqualTo(25);
    }
}

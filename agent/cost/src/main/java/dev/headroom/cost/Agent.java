package dev.headroom.cost;

import java.util.List;

/**
 * One row of comparison: a name and the JVM options that load an agent; none for the program alone. In the options {@code {endpoint}}
 * stands for the address of the {@link OtlpSink} and {@code {folder}} for an empty folder of the run. Immutable.
 */
record Agent(String name, List<String> jvmOptions) {
    static final Agent NONE = new Agent("no agent", List.of());

    Agent {
        jvmOptions = List.copyOf(jvmOptions);
    }

    List<String> jvmOptions(String endpoint, String folder) {
        return jvmOptions.stream()
                .map(option -> option.replace("{endpoint}", endpoint).replace("{folder}", folder))
                .toList();
    }
}

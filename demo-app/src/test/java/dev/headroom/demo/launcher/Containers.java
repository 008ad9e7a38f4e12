package dev.headroom.demo.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Lets a test class run where a Docker engine answers. Elsewhere the class is left out and says so in
 * {@code target/not-run.txt}, whose lines end the build's output and which {@code .ci/run} does not accept.
 */
final class Containers implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()
                || DockerClientFactory.instance().isDockerAvailable()) {
            return ConditionEvaluationResult.enabled("a Docker engine answers");
        }
        String line = context.getRequiredTestClass().getSimpleName()
                + ": no Docker engine answers (the same tests ran on embedded PostgreSQL and Redis)\n";
        try {
            Files.writeString(
                    Path.of("target/not-run.txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException refused) {
            throw new UncheckedIOException("What was not run must be written down in target/not-run.txt", refused);
        }
        return ConditionEvaluationResult.disabled(line);
    }
}

package dev.headroom.core.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JdkParentsTest {
    /** Of every interface in the modules of JDBC; one that a newer JDK adds shows here. */
    @Test
    void areThoseOfThisJdk() throws Exception {
        for (String name : jdbcTypes()) {
            Class<?> type = Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
            if (type.isInterface()) {
                List<String> parents = Arrays.stream(type.getInterfaces())
                        .map(parent -> parent.getName().replace('.', '/'))
                        .filter(parent -> parent.startsWith("java/sql/") || parent.startsWith("javax/sql/"))
                        .toList();
                assertThat(JdkParents.of(name)).as(name).containsExactlyInAnyOrderElementsOf(parents);
            }
        }
    }

    private static List<String> jdbcTypes() throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules");
        try (Stream<Path> sql = Files.walk(modules.resolve("java.sql"));
                Stream<Path> sets = Files.walk(modules.resolve("java.sql.rowset"))) {
            List<String> names = Stream.concat(sql, sets)
                    .filter(file -> file.toString().endsWith(".class"))
                    .map(file -> file.subpath(2, file.getNameCount()).toString().replace(".class", ""))
                    .filter(JdkParents::ofTheJdk)
                    .toList();
            assertThat(names).hasSizeGreaterThan(80);
            return names;
        }
    }
}

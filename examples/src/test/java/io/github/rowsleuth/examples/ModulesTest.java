package io.github.rowsleuth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The four modules, resolved as a program on the module path would. */
class ModulesTest {

    private static final Pattern DEPENDENCIES = Pattern.compile(
            "(jackson-core|slf4j-api|jspecify|postgresql|checker-qual|org\\.eclipse\\.jgit|JavaEWAH|commons-codec"
                    + "|snakeyaml-engine|cron-utils)-.*");

    private static final Map<String, Set<String>> EXPORTS = BuiltModules.exports().entrySet().stream()
            .collect(Collectors.toMap(e -> "io.github.rowsleuth." + e.getKey(), Map.Entry::getValue));

    private final Configuration resolved =
            ModuleLayer.boot().configuration().resolve(ModuleFinder.of(paths()), ModuleFinder.of(), EXPORTS.keySet());

    private static Path[] paths() {
        Stream<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar ->
                        DEPENDENCIES.matcher(jar.getFileName().toString()).matches());
        return Stream.concat(BuiltModules.classes().stream(), jars).toArray(Path[]::new);
    }

    @Test
    void all_four_resolve_as_real_modules() {
        assertThat(EXPORTS.keySet())
                .allSatisfy(name -> assertThat(descriptor(name).isAutomatic()).isFalse());
    }

    @Test
    void each_exports_what_is_meant_to_be_seen_and_nothing_else() {
        Map<String, Set<String>> exports = new TreeMap<>();
        for (String name : EXPORTS.keySet()) {
            exports.put(
                    name,
                    descriptor(name).exports().stream()
                            .filter(e -> !e.isQualified())
                            .map(ModuleDescriptor.Exports::source)
                            .collect(Collectors.toSet()));
        }
        assertThat(exports).isEqualTo(EXPORTS);
    }

    @Test
    void none_opens_anything() {
        List<ModuleDescriptor.Opens> opened = EXPORTS.keySet().stream()
                .flatMap(name -> descriptor(name).opens().stream())
                .toList();
        assertThat(opened).isEmpty();
    }

    private ModuleDescriptor descriptor(String name) {
        return resolved.findModule(name).orElseThrow().reference().descriptor();
    }
}

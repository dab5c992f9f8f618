package io.github.rowsleuth.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, over the built classes of the four modules. */
class ArchitectureTest {

    private static final int CLASSES_AT_LEAST = 330;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(Stream.of("core", "postgres", "git", "logs")
                    .map(m -> Path.of("..", m, "target", "classes"))
                    .toList());

    @Test
    void the_rules_saw_the_whole_house() {
        assertThat(CLASSES.size()).isGreaterThanOrEqualTo(CLASSES_AT_LEAST);
        assertThat(Stream.of("sql", "probe", "postgres", "git", "logs"))
                .allMatch(p -> CLASSES.stream().anyMatch(c -> c.getPackageName().equals("io.github.rowsleuth." + p)));
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("io.github.rowsleuth.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void core_knows_no_driver_and_no_source() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.github.rowsleuth.postgres..", "io.github.rowsleuth.git..", "io.github.rowsleuth.logs..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "org.postgresql..",
                        "org.eclipse.jgit..",
                        "io.github.rowsleuth.postgres..",
                        "io.github.rowsleuth.git..",
                        "io.github.rowsleuth.logs..")
                .check(CLASSES);
    }

    @Test
    void siblings_do_not_know_each_other() {
        List<String> siblings = List.of("postgres", "git", "logs");
        for (String one : siblings) {
            String[] others = siblings.stream()
                    .filter(s -> !s.equals(one))
                    .map(s -> "io.github.rowsleuth." + s + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.github.rowsleuth." + one + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(CLASSES);
        }
    }

    @Test
    void no_type_of_jgit_or_the_driver_is_in_the_api() {
        assertThat(CLASSES.stream()
                        .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                        .flatMap(c -> c.getMethods().stream())
                        .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(m -> Stream.concat(Stream.of(m.getRawReturnType()), m.getRawParameterTypes().stream())
                                .anyMatch(ArchitectureTest::foreign))
                        .map(m -> m.getFullName()))
                .isEmpty();
    }

    private static boolean foreign(JavaClass type) {
        return type.getPackageName().startsWith("org.eclipse.jgit")
                || type.getPackageName().startsWith("org.postgresql");
    }

    @Test
    void junit_stays_outside() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.rowsleuth.postgres.junit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(CLASSES);
    }

    @Test
    void nothing_that_writes_or_fetches_is_used_of_jgit() {
        noClasses()
                .should()
                .dependOnClassesThat(new DescribedPredicate<>("write to a repository or reach a network") {
                    @Override
                    public boolean test(JavaClass type) {
                        return Stream.of("api", "transport", "merge", "submodule", "gitrepo", "hooks")
                                        .anyMatch(p -> type.getPackageName().equals("org.eclipse.jgit." + p))
                                || type.getName().equals("org.eclipse.jgit.dircache.DirCacheCheckout");
                    }
                })
                .check(CLASSES);
    }

    @Test
    void only_the_reader_of_container_logs_starts_a_process() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.rowsleuth.logs..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(CLASSES);
    }

    @Test
    void only_a_report_prints() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.github.rowsleuth.Report")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void the_four_are_modules_that_resolve_together() {
        Path[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(p -> p.toString().endsWith(".jar") && !p.toString().endsWith("-tests.jar"))
                .filter(p -> Stream.of(
                                "jspecify",
                                "slf4j-api",
                                "jackson-core",
                                "org.eclipse.jgit",
                                "postgresql",
                                "JavaEWAH",
                                "commons-codec")
                        .anyMatch(n -> p.getFileName().toString().startsWith(n)))
                .toArray(Path[]::new);
        Path[] ours = Stream.of("core", "postgres", "git", "logs")
                .map(m -> Path.of("..", m, "target", "classes"))
                .toArray(Path[]::new);
        java.lang.module.ModuleFinder finder = java.lang.module.ModuleFinder.compose(
                java.lang.module.ModuleFinder.of(ours), java.lang.module.ModuleFinder.of(path));
        java.lang.module.Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolve(
                        finder,
                        java.lang.module.ModuleFinder.of(),
                        List.of("io.github.rowsleuth.postgres", "io.github.rowsleuth.git", "io.github.rowsleuth.logs"));

        assertThat(configuration
                        .findModule("io.github.rowsleuth.core")
                        .orElseThrow()
                        .reference()
                        .descriptor()
                        .exports())
                .extracting(e -> e.source())
                .containsExactlyInAnyOrder(
                        "io.github.rowsleuth",
                        "io.github.rowsleuth.evidence",
                        "io.github.rowsleuth.hypothesis",
                        "io.github.rowsleuth.incident",
                        "io.github.rowsleuth.probe",
                        "io.github.rowsleuth.sql");
    }
}

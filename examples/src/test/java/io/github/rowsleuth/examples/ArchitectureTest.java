package io.github.rowsleuth.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.rowsleuth.Report;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house, held against the classes that were built. */
class ArchitectureTest {

    private static final String ROOT = "io.github.rowsleuth";
    private static final String[] SOURCES = {ROOT + ".postgres..", ROOT + ".git..", ROOT + ".logs.."};
    private static final int FLOOR = 330;

    private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(BuiltModules.classes());

    @Test
    void enough_classes_are_seen_for_the_rules_to_mean_something() {
        assertThat(CLASSES).hasSizeGreaterThan(FLOOR);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("io.github.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void core_knows_neither_driver_nor_repository() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SOURCES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.postgresql..",
                        "org.eclipse.jgit..",
                        "java.sql..",
                        "javax.sql..",
                        SOURCES[0],
                        SOURCES[1],
                        SOURCES[2])
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "git", "logs"})
    void sources_do_not_know_one_another(String source) {
        String[] siblings = Stream.of(SOURCES)
                .filter(s -> !s.equals(ROOT + "." + source + ".."))
                .toArray(String[]::new);
        assertThat(siblings).hasSize(SOURCES.length - 1);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + source + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(siblings)
                .check(CLASSES);
    }

    @Test
    void no_exported_signature_names_a_type_of_the_driver_or_of_jgit() {
        Set<String> exported = BuiltModules.exportedPackages();
        List<String> leaks = CLASSES.stream()
                .filter(c -> exported.contains(c.getPackageName()) && visible(c))
                .flatMap(c -> Stream.concat(
                        c.getAllRawSuperclasses().stream(),
                        Stream.concat(
                                c.getAllRawInterfaces().stream(),
                                c.getMembers().stream()
                                        .filter(ArchitectureTest::visible)
                                        .flatMap(ArchitectureTest::typesOf))))
                .map(JavaClass::getName)
                .filter(name -> name.startsWith("org.eclipse.jgit.") || name.startsWith("org.postgresql."))
                .distinct()
                .toList();
        assertThat(leaks).isEmpty();
    }

    private static boolean visible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean visible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> typesOf(JavaMember member) {
        if (member instanceof JavaCodeUnit code) {
            return Stream.of(code.getReturnType().getAllInvolvedRawTypes(), Set.copyOf(code.getRawParameterTypes()))
                    .flatMap(Set::stream);
        }
        return ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
    }

    @Test
    void only_the_test_support_sees_junit() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".postgres.junit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..")
                .check(CLASSES);
    }

    @Test
    void only_a_report_that_is_printed_reaches_standard_output() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Report.class)
                .should(ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
        assertThat(CLASSES.get(Report.class).getFieldAccessesFromSelf())
                .filteredOn(access -> access.getTargetOwner().isEquivalentTo(System.class))
                .extracting(access -> access.getOrigin().getName())
                .containsOnly("print");
    }

    @Test
    void nobody_logs_past_slf4j() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.apache.log4j..", "org.apache.commons.logging..")
                .check(CLASSES);
    }

    /** Each of these writes into a repository or reaches beyond it. */
    @Test
    void a_repository_is_only_read() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.eclipse.jgit.api",
                        "org.eclipse.jgit.transport..",
                        "org.eclipse.jgit.merge..",
                        "org.eclipse.jgit.submodule..",
                        "org.eclipse.jgit.dircache..",
                        "org.eclipse.jgit.gitrepo..",
                        "org.eclipse.jgit.hooks..")
                .check(CLASSES);
    }

    @Test
    void only_the_logs_of_a_container_need_a_program() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".logs..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Process.class, Runtime.class)
                .check(CLASSES);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;

/// Who may know whom: modules, packages, libraries.
class DependencyTest {
    @Test
    void modulesKnowOnlyWhatStandsBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.dryrun..")
                .layer("sim-core")
                .definedBy("dev.dryrun.sim..")
                .layer("hardware-models")
                .definedBy("dev.dryrun.hardware..")
                .layer("strategies")
                .definedBy("dev.dryrun.strategy..")
                .layer("scenarios")
                .definedBy("dev.dryrun.scenario..")
                .layer("validation")
                .definedBy("dev.dryrun.validation..")
                .whereLayer("validation")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("scenarios")
                .mayOnlyBeAccessedByLayers("validation")
                .whereLayer("strategies")
                .mayOnlyBeAccessedByLayers("scenarios", "validation")
                .whereLayer("hardware-models")
                .mayOnlyBeAccessedByLayers("strategies", "scenarios", "validation")
                .ensureAllClassesAreContainedInArchitecture()
                .check(Production.CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.dryrun.(*).(*)..").should().beFreeOfCycles().check(Production.CLASSES);
    }

    /// A library stays behind a door or two, so that it can be exchanged, and so that no model depends on its types.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "org.jgrapht.. | dev.dryrun.hardware.topology..",
                "tools.jackson.. | dev.dryrun.hardware.catalog.., dev.dryrun.scenario.io..,"
                        + " dev.dryrun.scenario.report.., dev.dryrun.validation.published..print..,"
                        + " dev.dryrun.validation.trace..",
                "org.apache.commons.math3.. | dev.dryrun.validation.calibrate.., dev.dryrun.validation.drawn..",
                "org.bytedeco.. | dev.dryrun.validation.minitrainer..",
                "org.tomlj.. | dev.dryrun.scenario.imports.torchtitan..",
            })
    void librariesStayBehindTheirDoors(String library, String doors) {
        noClasses()
                .that()
                .resideOutsideOfPackages(doors.split(", "))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(Production.CLASSES);
    }

    @Test
    void onlyCommandsKnowPicocli() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.dryrun.scenario.cli..")
                .and()
                .areNotAnnotatedWith(Command.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(Production.CLASSES);
    }
}

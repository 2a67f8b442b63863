// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The same scenario and seed give the same result: models read no clock and draw from named streams only.
class ReproducibilityTest {
    private static final String[] MODELS = {"dev.dryrun.sim..", "dev.dryrun.hardware..", "dev.dryrun.strategy.."};

    @Test
    void modelsReadNoClock() {
        noClock(MODELS).check(Production.CLASSES);
    }

    @Test
    void modelsDrawFromNamedStreamsOnly() {
        noLuck(MODELS).check(Production.CLASSES);
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.dryrun.scenario.cli..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould(callMethodWhere(isOn(Runtime.class, "exit", "halt")))
                .check(Production.CLASSES);
    }

    @Test
    void everyPackageSaysWhereNullIsMeant() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass each : Production.CLASSES) {
            if (!each.getPackage().isAnnotatedWith(NullMarked.class)) {
                unmarked.add(each.getPackageName());
            }
        }
        assertEquals(Set.of(), unmarked, "packages without @NullMarked in a package-info.java");
    }

    /// A rule that finds nothing proves nothing: the same rules, held against an offender.
    @Test
    void theRulesFindOffenders() {
        var offender = new ClassFileImporter().importClasses(Offender.class);
        String here = ReproducibilityTest.class.getPackageName();
        assertThrows(AssertionError.class, () -> noClock(here).check(offender));
        assertThrows(AssertionError.class, () -> noLuck(here).check(offender));
    }

    private static ArchRule noClock(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should(callMethodWhere(isOn(System.class, "nanoTime", "currentTimeMillis")))
                .orShould(callMethodWhere(isOn(Instant.class, "now")))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class);
    }

    private static ArchRule noLuck(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should(callMethodWhere(isOn(Math.class, "random")))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class);
    }

    private static DescribedPredicate<JavaMethodCall> isOn(Class<?> owner, String... names) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + String.join(" or ", names),
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && List.of(names).contains(call.getName()));
    }
}

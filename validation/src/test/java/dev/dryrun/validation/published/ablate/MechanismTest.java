// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.measure.Scoring;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.RunTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Over the first and last row of each family of the built-in table, which are jobs of many sizes, machines and stacks.
class MechanismTest {
    private static final StepSimulator FULL = new StepSimulator(new Catalog(List.of()));
    private static List<Double> full = List.of();

    @BeforeAll
    static void simulateInFull() {
        full = seconds(FULL.scoring());
    }

    /// Each of them costs time, but overlap, which saves it. Kernels that lose their speed to what runs beside them
    /// make steps in which something ends earlier and something else later; half a percent is left to that.
    @ParameterizedTest
    @EnumSource
    void withoutItStepsTakeLess(Mechanism mechanism) {
        List<Double> without =
                seconds(FULL.without(new Ablation(List.of(mechanism))).scoring());
        double sign = mechanism == Mechanism.OVERLAP ? -1 : 1;
        boolean matters = false;
        for (int row = 0; row < full.size(); row++) {
            double saved = sign * (full.get(row) - without.get(row));
            assertTrue(saved >= -0.005 * full.get(row), mechanism + " in row " + row + ": " + saved + " s");
            matters |= saved > 1e-4 * full.get(row);
        }
        assertTrue(matters, mechanism + " matters nowhere");
    }

    @Test
    void severalAtOnceSaveMoreThanEach() {
        List<Double> host =
                seconds(FULL.without(Ablation.named(List.of("host")).getFirst()).scoring());
        List<Double> both = seconds(
                FULL.without(Ablation.named(List.of("host+waves")).getFirst()).scoring());
        for (int row = 0; row < full.size(); row++) {
            assertTrue(both.get(row) <= host.get(row), "row " + row);
        }
    }

    @Test
    void allIsEachInTurn() {
        List<Ablation> all = Ablation.named(List.of("host", "all"));
        assertEquals(Mechanism.values().length, all.size());
        assertEquals("host", all.getFirst().name());
        assertTrue(all.stream().allMatch(one -> one.off().size() == 1));
    }

    @Test
    void unknownNamesAreRefusedWithARemedy() {
        Ablation.Unknown refusal = assertThrows(Ablation.Unknown.class, () -> Ablation.named(List.of("host+wave")));
        assertEquals("--without is \"wave\", but no mechanism is called so. Maybe \"waves\".", refusal.getMessage());
    }

    private static List<Double> seconds(Scoring scoring) {
        return scoring.score(firstAndLastOfFamilies(), () -> {}).runs().stream()
                .map(ScoredRun::prediction)
                .map(prediction -> prediction == null ? Double.NaN : prediction.stepSeconds())
                .toList();
    }

    private static List<MeasuredRun> firstAndLastOfFamilies() {
        Map<String, List<MeasuredRun>> families = RunTable.builtIn().runs().stream()
                .filter(run -> !run.ranOutOfMemory())
                .collect(Collectors.groupingBy(MeasuredRun::family, LinkedHashMap::new, Collectors.toList()));
        return families.values().stream()
                .flatMap(runs -> Stream.of(runs.getFirst(), runs.getLast()))
                .toList();
    }
}

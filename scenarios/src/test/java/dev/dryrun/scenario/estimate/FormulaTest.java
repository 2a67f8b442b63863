// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FormulaTest {
    /// Sums, products and quotients of figures that have a source of their own.
    private static final Set<Formula> ARITHMETIC = EnumSet.of(
            Formula.EXACT_TOTAL_FLOPS,
            Formula.TOKEN_RATE,
            Formula.DAYS,
            Formula.GPUS,
            Formula.COST,
            Formula.STATES,
            Formula.TOTAL);

    @Test
    void everyFormulaHasASourceUnlessItIsPlainArithmetic() {
        for (Formula formula : Formula.values()) {
            assertFalse(formula.text().isEmpty(), formula::name);
            assertEquals(ARITHMETIC.contains(formula), formula.source().isEmpty(), formula::name);
        }
    }

    @Test
    void keysAreTold() {
        assertEquals(
                Formula.values().length,
                Arrays.stream(Formula.values())
                        .map(Formula::key)
                        .collect(Collectors.toSet())
                        .size());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.dryrun.validation.published.fit.Prior.Scale;
import org.junit.jupiter.api.Test;

class PriorTest {
    private static final Prior SHARE = new Prior(Scale.LINEAR, 0.3, 0.3, 0, 0.95, "");
    private static final Prior TIME = new Prior(Scale.LOG, 2e-3, 0.5, 1e-5, 1, "");

    @Test
    void standardDeviationsAreCountedFromTheCentre() {
        assertEquals(1, SHARE.toStandard(0.6), 1e-12);
        assertEquals(-1, TIME.toStandard(2e-3 * Math.exp(-0.5)), 1e-12);
        assertEquals(0.45, SHARE.toValue(0.5), 1e-12);
        assertEquals(2e-3 * Math.E, TIME.toValue(2), 1e-12);
    }

    @Test
    void valuesStayWithinBounds() {
        assertEquals(0, SHARE.toValue(-5));
        assertEquals(0, SHARE.toValue(SHARE.toStandard(0)));
        assertEquals(0.95, SHARE.toValue(50));
        assertEquals(1e-5, TIME.toValue(-1e3));
        assertEquals(SHARE.toStandard(0.95), SHARE.toStandard(7));
    }

    @Test
    void aCentreOutOfBoundsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Prior(Scale.LINEAR, 2, 1, 0, 1, ""));
        assertThrows(IllegalArgumentException.class, () -> new Prior(Scale.LOG, 0, 1, 0, 1, ""));
        assertThrows(IllegalArgumentException.class, () -> new Prior(Scale.LINEAR, 0.5, 0, 0, 1, ""));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PackedDocumentsTest {
    private static final Packing MIXED = new Packing(List.of(512, 2048, 8192), List.of(0.3, 0.5, 0.2), 7);

    /// Sequences of k equal documents have k (s/k)^2 = s^2 / k pairs, all of them.
    @Test
    void equalDocumentsLeaveAnEqualShare() {
        var halves = new Packing(List.of(2048), List.of(1.0), 3);
        assertEquals(new PackedDocuments(0.25, 0), PackedDocuments.of(halves, 8192, 8, 4, 2, false));
        assertEquals(PackedDocuments.NONE, PackedDocuments.of(Packing.NONE, 8192, 8, 4, 2, true));
    }

    /// Documents far shorter than a sequence are hardly cut: of s tokens a share p l / sum p l lies in documents of l,
    /// so that the pairs are s sum p l^2 / sum p l. Cuts and the draw of 128,000 documents leave less than 3 %.
    @Test
    void shortDocumentsLeaveTheMeanOfTheirSquares() {
        long length = 1 << 20;
        double mean = 0.3 * 512 + 0.5 * 2048 + 0.2 * 8192;
        double square = 0.3 * 512 * 512 + 0.5 * 2048 * 2048 + 0.2 * 8192 * 8192;
        double share = PackedDocuments.of(MIXED, length, 4, 4, 2, false).share();
        assertEquals(square / mean / length, share, 0.03 * share);
    }

    /// The slowest of more replicas is slower; averages over micro-batches bring replicas nearer to each other, and
    /// those that meet in each micro-batch wait for the sum of the maxima, which is no less than the maximum of the
    /// sums.
    @Test
    void replicasWaitForTheSlowest() {
        double two = PackedDocuments.of(MIXED, 8192, 2, 8, 1, false).slowest();
        double many = PackedDocuments.of(MIXED, 8192, 64, 8, 1, false).slowest();
        double each = PackedDocuments.of(MIXED, 8192, 64, 8, 1, true).slowest();
        assertTrue(0 < two && two < many && many < each, two + ", " + many + ", " + each);
        assertEquals(0, PackedDocuments.of(MIXED, 8192, 1, 8, 1, true).slowest(), 1e-9);
        assertEquals(
                PackedDocuments.of(MIXED, 8192, 64, 8, 1, false), PackedDocuments.of(MIXED, 8192, 64, 8, 1, false));
    }

    @Test
    void badHistogramsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Packing(List.of(1), List.of(), 1));
        assertThrows(IllegalArgumentException.class, () -> new Packing(List.of(1), List.of(Double.NaN), 1));
        assertThrows(IllegalArgumentException.class, () -> new Packing(List.of(0), List.of(1.0), 1));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AttentionTest {
    private static GroupedQueryAttention grouped(
            int hidden, int heads, int keyValueHeads, int width, RelativePositions relative, AttentionMask mask) {
        return new GroupedQueryAttention(
                hidden, heads, keyValueHeads, width, false, false, null, false, relative, false, mask);
    }

    /// Pairs counted one by one.
    @RepeatedTest(100)
    void aMaskLeavesThePairsItSays(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        int length = random.nextInt(1, 60);
        int window = random.nextInt(0, 70);
        long causal = 0;
        long sliding = 0;
        for (int query = 0; query < length; query++) {
            for (int key = 0; key < length; key++) {
                causal += key <= query ? 1 : 0;
                sliding += key <= query && (window == 0 || key > query - window) ? 1 : 0;
            }
        }
        long all = (long) length * length;
        assertEquals(all, AttentionMask.NONE.pairs(length, AttentionCount.CAUSAL));
        assertEquals(causal, AttentionMask.CAUSAL.pairs(length, AttentionCount.CAUSAL));
        assertEquals(sliding, new AttentionMask(true, window).pairs(length, AttentionCount.CAUSAL));
        assertEquals(all, new AttentionMask(true, window).pairs(length, AttentionCount.FULL_SQUARE));
    }

    /// Segments of w0 a^i tokens of which every a^i-th counts: 2 d sum N w / r^2 is at most 2 a / (a - 1) w0 N d, and
    /// comes near it with many patterns: linear in N. Source: arXiv:2307.02486, eqs. 16 to 18.
    @Test
    void dilatedAttentionIsLinearInTheLength() {
        List<Dilation> dilations = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            dilations.add(new Dilation(2048L << i, 1L << i));
        }
        var mask = new AttentionMask(true, 0, dilations);
        for (long length : List.of(1L << 26, 1L << 30)) {
            double bound = 2.0 / (2 - 1) * 2048 * length;
            assertEquals(bound, mask.pairs(length, AttentionCount.FULL_SQUARE), Math.pow(2, -15) * bound);
            assertEquals(2.0 * 2048, mask.keysOfToken(length), 0.1);
        }
    }

    /// A segment as long as the sequence with every token is plain attention.
    @Test
    void oneSegmentOfAllIsPlain() {
        var mask = new AttentionMask(true, 0, List.of(new Dilation(4096, 1)));
        for (AttentionCount count : AttentionCount.values()) {
            assertEquals(AttentionMask.CAUSAL.pairs(1024, count), mask.pairs(1024, count));
        }
    }

    @Test
    void whatIsNotCausalHasNoWindow() {
        assertThrows(IllegalArgumentException.class, () -> new AttentionMask(false, 5));
        assertThrows(IllegalArgumentException.class, () -> new AttentionMask(true, -1));
    }

    /// Multi-head attention is four square matrices, and 4 s h (2h + s) operations.
    @Test
    void multiHeadAttentionIsFourSquares() {
        var attention = grouped(1024, 16, 16, 64, RelativePositions.NONE, AttentionMask.NONE);
        assertEquals(4 * 1024 * 1024, attention.parameters());
        assertEquals(4.0 * 300 * 1024 * (2 * 1024 + 300), attention.forwardFlops(300, AttentionCount.CAUSAL));
        assertEquals(attention.parameters(), new CrossAttention(1024, 16, 64, false).parameters());
        assertEquals(
                attention.forwardFlops(300, AttentionCount.CAUSAL),
                new CrossAttention(1024, 16, 64, false).forwardFlops(300, AttentionCount.CAUSAL));
    }

    @Test
    void extrasCountWhatTheyAre() {
        var plain = grouped(512, 8, 2, 64, RelativePositions.NONE, AttentionMask.CAUSAL);
        var extras = new GroupedQueryAttention(
                512,
                8,
                2,
                64,
                true,
                true,
                new Norm(false),
                true,
                RelativePositions.BUCKETS,
                false,
                AttentionMask.CAUSAL);
        assertEquals((8 + 2 * 2) * 64 + 512 + 2 * 64 + 8, extras.parameters() - plain.parameters());
        assertEquals(plain.forwardFlops(100, AttentionCount.CAUSAL), extras.forwardFlops(100, AttentionCount.CAUSAL));
        assertEquals(2 * 2 * 64, extras.keyValueElements());
        assertEquals(
                0,
                grouped(512, 8, 2, 64, RelativePositions.NONE, AttentionMask.NONE)
                        .keyValueElements());
    }

    /// Transformer-XL: a fifth square matrix and two vectors; the scores are q (k + r) + ..., each product once more
    /// (arXiv:1901.02860, section 3.3).
    @Test
    void relativePositionsByAMatrixAreAFifthSquare() {
        var plain = grouped(1024, 16, 16, 64, RelativePositions.NONE, AttentionMask.CAUSAL);
        var relative = grouped(1024, 16, 16, 64, RelativePositions.MATRIX, AttentionMask.CAUSAL);
        assertEquals(1024 * 1024 + 2 * 1024, relative.parameters() - plain.parameters());
        long length = 200;
        double keysOfDistances = 2.0 * length * 1024 * 1024;
        double scoresOfDistances = 2.0 * 1024 * length * (length + 1) / 2;
        assertEquals(
                keysOfDistances + scoresOfDistances,
                relative.forwardFlops(length, AttentionCount.CAUSAL)
                        - plain.forwardFlops(length, AttentionCount.CAUSAL));
    }

    /// DeepSeek-V2's layer, matrix by matrix as arXiv:2405.04434 names them in section 2.1.
    @Test
    void latentAttentionHasTheMatricesOfThePaper() {
        long d = 5120;
        long heads = 128;
        long downQueries = 1536 * d;
        long upQueries = heads * 128 * 1536;
        long rotaryQueries = heads * 64 * 1536;
        long downKeysAndValues = 512 * d;
        long upKeys = heads * 128 * 512;
        long upValues = heads * 128 * 512;
        long rotaryKey = 64 * d;
        long output = d * heads * 128;
        long matrices =
                downQueries + upQueries + rotaryQueries + downKeysAndValues + upKeys + upValues + rotaryKey + output;
        var attention = new LatentAttention(d, 128, 128, 1536, 512, 64, 128);
        assertEquals(matrices + 1536 + 512, attention.parameters());
        double core = 2.0 * heads * (192 + 128) * 1000 * 1000;
        assertEquals(
                2.0 * 1000 * matrices + core, attention.forwardFlops(1000, AttentionCount.FULL_SQUARE), 1e-15 * core);
        var uncompressed = new LatentAttention(2048, 16, 128, 0, 512, 64, 128);
        assertEquals(
                2048 * 16 * 192 + 512 * 2048 + 2 * 16 * 128 * 512 + 64 * 2048 + 2048 * 16 * 128 + 512,
                uncompressed.parameters());
    }

    /// arXiv:2405.04434, table 1: with a latent of four heads' and a rotated key of half a head's width the cache is
    /// that of 2.25 groups.
    @Test
    void latentAttentionKeepsTwoAndAQuarterGroups() {
        var latent = new LatentAttention(5120, 128, 128, 1536, 512, 64, 128);
        var oneGroup = grouped(5120, 128, 1, 128, RelativePositions.NONE, AttentionMask.CAUSAL);
        assertEquals(2.25, (double) latent.keyValueElements() / oneGroup.keyValueElements());
    }
}

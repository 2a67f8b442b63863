// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Recurrences against the formulas of their papers.
class RecurrenceTest {
    private static String rwkv(int version, int layers, int hidden, double wide, String ranks) {
        return """
            family: rwkv
            layers: %d
            hidden: %d
            ffn_hidden: %d
            vocabulary: 1000
            embedding_norm: true
            recurrence: {kind: rwkv%d%s}
            """.formatted(layers, hidden, (int) (wide * hidden), version, ranks);
    }

    /// 2 V D + 4 D for the ends, and 13 D^2 + n D for each of the L blocks: n = 11 (arXiv:2305.13048, appendix), 14 and
    /// 464 (arXiv:2404.05892, appendix).
    @ParameterizedTest
    @CsvSource({"4, 4, 11", "5, 3.5, 14", "6, 3.5, 464"})
    void rwkvHasThePapersCount(int version, double wide, long vectors) {
        for (long hidden : List.of(256L, 1024L)) {
            long layers = 3;
            ModelArchitecture model = CatalogModels.inline(rwkv(version, (int) layers, (int) hidden, wide, ""));
            long published = 2 * 1000 * hidden + 4 * hidden + layers * (13 * hidden * hidden + vectors * hidden);
            assertEquals(published, model.parameters());
        }
    }

    /// arXiv:2503.14456, appendix: 2 D V + 4 D + L D (12 D + 2 (w + a + v + g) + 19) - (2 D v + D).
    @Test
    void rwkv7HasThePapersCount() {
        long hidden = 512;
        long layers = 4;
        ModelArchitecture model = CatalogModels.inline(
                rwkv(7, 4, 512, 4, ", decay_rank: 16, rate_rank: 24, value_rank: 8, gate_rank: 40"));
        long published = 2 * 1000 * hidden
                + 4 * hidden
                + layers * hidden * (12 * hidden + 2 * (16 + 24 + 8 + 40) + 19)
                - (2 * hidden * 8 + hidden);
        assertEquals(published, model.parameters());
        assertEquals(2, model.groups().size());
    }

    /// Operations are twice the elements of the matrices for each token, whatever the length.
    @ParameterizedTest
    @CsvSource({"rwkv-4-14b", "rwkv-5-7b", "rwkv-7-2.9b", "mamba-2.8b", "mamba2-2.7b"})
    void operationsAreLinearInTheLength(String name) {
        ModelArchitecture model = CatalogModels.read(name);
        double once = model.forwardFlops(1024, AttentionCount.FULL_SQUARE);
        assertEquals(1024 * once, model.forwardFlops(1024 * 1024, AttentionCount.CAUSAL), 1e-9 * 1024 * once);
    }

    /// 2 V D + 2 * 13 D^2 L operations of a token forward: arXiv:2305.13048, appendix, without the embedding, which is
    /// looked up.
    @Test
    void rwkv4HasThePapersOperations() {
        double layers = 40;
        double hidden = 5120;
        double published = 2 * (13 * hidden * hidden * layers + 50_277 * hidden);
        ModelArchitecture model = CatalogModels.read("rwkv-4-14b");
        assertEquals(published, model.forwardFlops(1, AttentionCount.CAUSAL), 1e-12 * published);
    }

    /// Steps 1 to 4 of arXiv:2405.21060, section 6: with N = P = Q each of the four is 2 N^3 for a piece and head, so a
    /// token and head cost 8 N^2, linear in the length.
    @Test
    void piecesOfEqualSizesCostTheSameInEachStep() {
        var mixer = new Mamba2Mixer(512, 1024, 64, 64, 16, 4, 64);
        double flops = 0;
        for (LayerStep step : mixer.steps(LayerCut.NONE)) {
            if (step instanceof LayerStep.MultiplyInPieces of) {
                double each = 2.0 * of.rows() * of.columns() * of.inner() * of.count() / of.piece();
                assertEquals(2.0 * 16 * 64 * 64, each);
                flops += each;
            }
        }
        assertEquals(8.0 * 16 * 64 * 64, flops);
    }

    /// The ranks of a tensor group hold the block together: each vector and matrix of the inner width once.
    @Test
    void ranksShareTheInnerWidth() {
        var mamba = new MambaMixer(512, 1024, 16, 32, 4, false);
        long onEach = mamba.steps(LayerCut.dense(4)).stream()
                .mapToLong(LayerStep::parameters)
                .sum();
        assertEquals(mamba.parameters(), 4 * onEach);
        assertEquals("tensor must divide the inner width 1024 of m, not 3", mamba.problemWith(LayerCut.dense(3), "m"));
    }

    @Test
    void hybridsHaveAttentionInSomeBlocks() {
        ModelArchitecture jamba = CatalogModels.read("jamba-v0.1");
        int attention = 0;
        for (int group : jamba.order()) {
            attention += jamba.groups().get(group).sublayers().getFirst() instanceof Attention ? 1 : 0;
        }
        assertEquals(4, attention);
        assertEquals(32, jamba.layers());
        assertTrue(jamba.groups().get(jamba.order().get(4)).sublayers().getFirst() instanceof Attention);
    }

    @Test
    void badKeysAreProblems() {
        List<String> problems = CatalogModels.problemsOf("""
            family: mamba
            layers: 2
            hidden: 512
            vocabulary: 100
            recurrence: {kind: mamba2, head_dimension: 48, step_rank: 4}
            """);
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("must divide inner 1024"), problems::toString);
        assertTrue(problems.get(1).contains("step_rank"), problems::toString);
    }
}

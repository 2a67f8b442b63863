// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import org.junit.jupiter.api.Test;

class ExpertFeedForwardTest {
    private static final DenseFeedForward EXPERT = new DenseFeedForward(512, 1024, true, false);

    /// One expert that every token takes is an MLP behind a router of one column.
    @Test
    void oneExpertIsAnMlp() {
        var one = new ExpertFeedForward(1, 1, EXPERT, null, false);
        assertEquals(EXPERT.parameters() + 512, one.parameters());
        assertEquals(one.parameters(), one.activeParameters());
        assertEquals(
                EXPERT.forwardFlops(77, AttentionCount.CAUSAL) + 2.0 * 77 * 512,
                one.forwardFlops(77, AttentionCount.CAUSAL));
    }

    /// arXiv:2401.06066, section 3: m times as many experts of an m-th of the width hold and cost the same; what a
    /// shared expert takes from the routed ones changes neither.
    @Test
    void finerExpertsCostTheSame() {
        var coarse = new ExpertFeedForward(16, 2, EXPERT, null, false);
        var quarter = new DenseFeedForward(512, 256, true, false);
        var fine = new ExpertFeedForward(64, 8, quarter, null, false);
        var shared = new ExpertFeedForward(63, 7, quarter, quarter, false);
        assertEquals(coarse.parameters() - 16 * 512, fine.parameters() - 64 * 512);
        assertEquals(coarse.activeParameters() - 16 * 512, fine.activeParameters() - 64 * 512);
        assertEquals(fine.parameters() - 512, shared.parameters());
        assertEquals(fine.activeParameters() - 512, shared.activeParameters());
        assertEquals(
                fine.forwardFlops(64, AttentionCount.CAUSAL) - 2.0 * 64 * 512,
                shared.forwardFlops(64, AttentionCount.CAUSAL));
    }

    /// gpt-oss: biases of router (one an expert), of what goes into an expert (2F) and of what comes out (h). Its 120B
    /// has 114.71 billion parameters in its MLPs, its 20B 19.12 (arXiv:2508.10925, table 1).
    @Test
    void biasesOfExpertsAreThoseOfGptOss() {
        var expert = new DenseFeedForward(2880, 2880, true, true);
        assertEquals(114.71, 36 * new ExpertFeedForward(128, 4, expert, null, true).parameters() / 1e9, 0.005);
        assertEquals(19.12, 24 * new ExpertFeedForward(32, 4, expert, null, true).parameters() / 1e9, 0.005);
        assertEquals(
                128L * (3 * 2880 * 2880 + 3 * 2880) + 2880 * 128 + 128,
                new ExpertFeedForward(128, 4, expert, null, true).parameters());
    }

    @Test
    void aTokenTakesSomeOfTheExperts() {
        assertThrows(IllegalArgumentException.class, () -> new ExpertFeedForward(8, 9, EXPERT, null, false));
        assertThrows(IllegalArgumentException.class, () -> new ExpertFeedForward(8, 0, EXPERT, null, false));
    }
}

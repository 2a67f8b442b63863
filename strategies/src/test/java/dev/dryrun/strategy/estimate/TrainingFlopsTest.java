// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.Models;
import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingFlopsTest {
    /// GPT-3: Brown et al., 2020, arXiv:2005.14165, table D.1, 3.14e23 for 174.6 billion parameters and 300 billion
    /// tokens. Chinchilla: 6 * 70e9 * 1.4e12 is exact.
    @ParameterizedTest
    @CsvSource({"174.6e9, 300e9, 3.14e23, 0.005e23", "70e9, 1.4e12, 5.88e23, 1e9"})
    void sixPdMatchesThePapers(double parameters, double tokens, double flops, double halfDigit) {
        assertEquals(flops, new TrainingFlops(parameters, tokens).total(), halfDigit);
    }

    @Test
    void aBudgetIsSpentToTheLastFlop() {
        var training = TrainingFlops.within(1e23, 7e9);
        assertEquals(1e23, training.total(), 1e9);
        assertEquals(1e23 / 42e9, training.tokens(), 1);
    }

    /// arXiv:2104.04473, eq. 2 and 3: the exact count over 6 P is 1 + s/6h up to the embeddings, which 6 P counts
    /// without a product, and the logits, which have one. Both are V h here, so they cancel; what remains are biases,
    /// norms and positions, less than one part in a thousand of P.
    @Test
    void theExactCountIsSixPAndAttention() {
        ModelArchitecture gpt3 = Models.gpt(96, 12288, 96, 50257, 2048);
        ModelFigures figures = ModelFigures.of(gpt3);
        double exact =
                figures.trainingFlopsPerToken(2048, AttentionCount.FULL_SQUARE).orElseThrow();
        double ratio = exact / (6 * figures.parameters());
        assertEquals(1 + 2048 / (6.0 * 12288), ratio, 1e-3);
        assertTrue(exact
                > figures.trainingFlopsPerToken(2048, AttentionCount.CAUSAL).orElseThrow());
    }

    /// With the full square, PaLM's 6 N + 12 L H Q T is the exact count within what embeddings and norms make.
    @Test
    void palmsCountIsTheFullSquare() {
        ModelFigures figures = ModelFigures.of(Models.gpt(96, 12288, 96, 50257, 2048));
        double exact =
                figures.trainingFlopsPerToken(2048, AttentionCount.FULL_SQUARE).orElseThrow();
        assertEquals(1, figures.palmFlopsPerToken(2048).orElseThrow() / exact, 1e-3);
    }

    /// A model of which only the size is known has no count of its own.
    @Test
    void aSizeAloneHasNoExactCount() {
        ModelFigures figures = ModelFigures.ofSize("7e9", 7e9);
        assertTrue(figures.trainingFlopsPerToken(2048, AttentionCount.CAUSAL).isEmpty());
        assertTrue(figures.palmFlopsPerToken(2048).isEmpty());
        assertTrue(figures.keyValueElementsPerToken().isEmpty());
    }
}

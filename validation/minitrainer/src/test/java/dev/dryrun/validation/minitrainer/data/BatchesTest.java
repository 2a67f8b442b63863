// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final int LENGTH = 12;

    @Test
    void eachTargetIsTheTokenBehind() {
        var tokens = Batches.of(Optional.empty(), 5, LENGTH).tokens(3, 7, 2);
        for (int t = 0; t + 1 < LENGTH; t++) {
            for (int s = 0; s < 2; s++) {
                assertEquals(tokens.ids()[(t + 1) * 2 + s], tokens.targets()[t * 2 + s]);
            }
        }
    }

    /// Layouts cut the global batch differently.
    @Test
    void aSequenceIsTheSameHoweverTheBatchIsCut() {
        var batches = Batches.of(Optional.empty(), 5, LENGTH);
        var both = batches.tokens(3, 6, 2);
        var second = batches.tokens(3, 7, 1);
        for (int t = 0; t < LENGTH; t++) {
            assertEquals(both.ids()[t * 2 + 1], second.ids()[t]);
        }
        assertFalse(Arrays.equals(second.ids(), batches.tokens(4, 7, 1).ids()), "another step, other tokens");
    }

    @Test
    void theGrammarMakesTheSameTextFromTheSameSeed() {
        byte[] text = GrammarText.of(1, 1000);
        assertArrayEquals(text, GrammarText.of(1, 1000));
        assertTrue(text.length >= 1000);
        assertTrue(new String(text, StandardCharsets.US_ASCII).chars().allMatch(c -> c < 128));
    }

    @Test
    void aTextShorterThanASequenceIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Batches(new byte[LENGTH], 1, LENGTH));
    }
}

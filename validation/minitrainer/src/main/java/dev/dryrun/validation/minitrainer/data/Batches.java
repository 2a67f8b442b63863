// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.data;

import dev.dryrun.sim.random.RandomStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Sequences of byte tokens. Which piece of the text a sequence is depends on the seed, the step and its number in the
/// global batch, hence on no layout.
public final class Batches {
    private static final int GRAMMAR_BYTES = 1 << 18;

    private final byte[] text;
    private final RandomStreams streams;
    private final int sequenceLength;

    /// Tokens of some sequences, and for each token the one that follows; sequences side by side.
    ///
    /// @param ids token t of sequence s at t x sequences + s
    /// @param targets likewise
    public record Tokens(long[] ids, long[] targets) {}

    /// @param file whose bytes are learnt; empty for a text by the grammar
    public static Batches of(Optional<Path> file, long seed, int sequenceLength) {
        byte[] text = file.map(Batches::read).orElseGet(() -> GrammarText.of(seed, GRAMMAR_BYTES));
        return new Batches(text, seed, sequenceLength);
    }

    Batches(byte[] text, long seed, int sequenceLength) {
        if (text.length < sequenceLength + 1) {
            throw new IllegalArgumentException("text has " + text.length + " bytes; it must have more than the "
                    + sequenceLength + " of a sequence");
        }
        this.text = text.clone();
        this.streams = new RandomStreams(seed, 0);
        this.sequenceLength = sequenceLength;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Some sequences of a step.
    ///
    /// @param first number in the global batch of the first one
    public Tokens tokens(int step, long first, int sequences) {
        long[] ids = new long[sequenceLength * sequences];
        long[] targets = new long[ids.length];
        for (int s = 0; s < sequences; s++) {
            RandomGenerator random = streams.stream("sequence." + step, first + s);
            int begin = random.nextInt(text.length - sequenceLength);
            for (int t = 0; t < sequenceLength; t++) {
                ids[t * sequences + s] = text[begin + t] & 0xff;
                targets[t * sequences + s] = text[begin + t + 1] & 0xff;
            }
        }
        return new Tokens(ids, targets);
    }
}

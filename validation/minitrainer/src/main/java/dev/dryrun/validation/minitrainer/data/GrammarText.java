// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.data;

import dev.dryrun.sim.random.RandomStreams;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/// A text that a small grammar makes from a seed: sentences of subject, verb and object whose forms agree, so that
/// there is something to learn at short and at longer distance.
final class GrammarText {
    private static final List<String> ONE = List.of("the cat", "a dog", "my king", "the old queen", "one child");
    private static final List<String> MANY = List.of("the cats", "two dogs", "our kings", "all queens", "the children");
    private static final List<String> VERBS = List.of("see", "follow", "call", "remember", "seek", "warn");
    private static final List<String> WAYS = List.of("", " at night", " by the river", " in the tower", " again");

    private GrammarText() {}

    /// At least so many bytes of it.
    static byte[] of(long seed, int bytes) {
        RandomGenerator random = new RandomStreams(seed, 0).stream("grammar", 0);
        var text = new StringBuilder();
        while (text.length() < bytes) {
            clause(text, random);
            if (random.nextInt(3) == 0) {
                text.append(" and ");
                clause(text, random);
            }
            text.append(random.nextInt(4) == 0 ? ".\n" : ". ");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void clause(StringBuilder text, RandomGenerator random) {
        boolean many = random.nextBoolean();
        text.append(pick(many ? MANY : ONE, random)).append(' ').append(pick(VERBS, random));
        text.append(many ? " " : "s ").append(pick(random.nextBoolean() ? MANY : ONE, random));
        text.append(pick(WAYS, random));
    }

    private static String pick(List<String> from, RandomGenerator random) {
        return from.get(random.nextInt(from.size()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.hardware.collective.CollectiveKind;
import java.util.ArrayList;
import java.util.List;

/// Which exchanges are to be timed, on what. Each rank gets it as words.
///
/// @param device `cpu`, or `cuda:0`, from which rank r takes device r
/// @param ranks two or more
/// @param kinds all-reduce, all-gather, reduce-scatter, messages
/// @param sizes bytes of 32-bit numbers, as [CollectiveKind] says; each rank's part must be whole numbers
/// @param seconds that the rounds of a kind and size take, about
public record ExchangeOrder(String device, int ranks, List<CollectiveKind> kinds, List<Long> sizes, double seconds) {
    private static final List<CollectiveKind> KNOWN = List.of(
            CollectiveKind.ALL_REDUCE,
            CollectiveKind.ALL_GATHER,
            CollectiveKind.REDUCE_SCATTER,
            CollectiveKind.SEND_RECV);
    private static final long SMALLEST_BYTES = 1 << 10;
    private static final long LARGEST_BYTES = 1 << 24;
    private static final int FACTOR = 4;
    private static final double USUAL_SECONDS = 0.15;

    public ExchangeOrder {
        kinds = List.copyOf(kinds);
        sizes = List.copyOf(sizes);
        if (ranks < 2 || !(seconds > 0)) {
            throw new IllegalArgumentException(
                    "ranks is " + ranks + " and seconds " + seconds + "; must be at least 2, and positive");
        }
        for (CollectiveKind kind : kinds) {
            if (!KNOWN.contains(kind)) {
                throw new IllegalArgumentException("kind is " + kind + "; must be one of " + KNOWN);
            }
        }
        for (long bytes : sizes) {
            if (bytes < 1 || bytes % ((long) Float.BYTES * ranks) != 0) {
                throw new IllegalArgumentException("a size is " + bytes + " bytes; must be a multiple of "
                        + Float.BYTES * ranks + ", 32-bit numbers for " + ranks + " ranks");
            }
        }
    }

    /// Every kind between two ranks, from 1 KiB to 16 MiB by factors of four.
    public static ExchangeOrder usual(String device) {
        List<Long> sizes = new ArrayList<>();
        for (long bytes = SMALLEST_BYTES; bytes <= LARGEST_BYTES; bytes *= FACTOR) {
            sizes.add(bytes);
        }
        return new ExchangeOrder(device, 2, KNOWN, sizes, USUAL_SECONDS);
    }

    /// As words of a command line.
    public List<String> words() {
        return List.of(
                device,
                Integer.toString(ranks),
                String.join(",", kinds.stream().map(CollectiveKind::name).toList()),
                String.join(",", sizes.stream().map(String::valueOf).toList()),
                Double.toString(seconds));
    }

    /// The order that these words say.
    public static ExchangeOrder of(List<String> words) {
        return new ExchangeOrder(
                words.get(0),
                Integer.parseInt(words.get(1)),
                parts(words.get(2)).stream().map(CollectiveKind::valueOf).toList(),
                parts(words.get(3)).stream().map(Long::valueOf).toList(),
                Double.parseDouble(words.get(4)));
    }

    private static List<String> parts(String word) {
        return List.of(word.split(",", -1));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import dev.dryrun.scenario.imports.settings.Settings;
import java.util.List;
import java.util.OptionalLong;

/// How GPUs are shared out among the kinds of parallelism, whose degrees multiply to their number.
///
/// @param replicate copies of the parameters
/// @param shard ranks over which a copy is spread; 0 where it is what the others leave and the number of GPUs is open
/// @param tensor ranks that share a layer's matrices
/// @param stages of the pipeline
/// @param context ranks that share a sequence
record Degrees(long replicate, long shard, long tensor, long stages, long context) {
    /// Beyond what any job has; the product of all degrees stays in a `long`.
    private static final long MOST = 1L << 10;

    private static final long MOST_GPUS = 1L << 20;

    static Degrees read(Settings settings, OptionalLong gpus) {
        long replicate = degree(settings, Names.REPLICATE);
        long tensor = degree(settings, Names.TENSOR);
        long stages = degree(settings, Names.STAGES);
        long context = degree(settings, Names.CONTEXT);
        String shardName = settings.nameOf(Names.SHARD);
        long shard = settings.integer(shardName, -1, MOST_GPUS, -1);
        long others = replicate * tensor * stages * context;
        boolean known = gpus.isPresent() && gpus.getAsLong() >= 1 && gpus.getAsLong() <= MOST_GPUS;
        if (shard == 0) {
            settings.wrong(shardName, "must be -1 (what the others leave) or at least 1", "-1");
        } else if (shard == -1 && known && gpus.getAsLong() % others != 0) {
            settings.wrong(
                    largest(settings),
                    "with the other degrees it makes " + others + ", which must divide the " + gpus.getAsLong()
                            + " GPUs given",
                    "");
        } else if (shard > 0 && known && shard * others != gpus.getAsLong()) {
            settings.wrong(
                    shardName,
                    "with the other degrees it makes " + shard * others + " GPUs, and " + gpus.getAsLong()
                            + " were given",
                    gpus.getAsLong() % others == 0 ? Long.toString(gpus.getAsLong() / others) : "");
        } else if (shard == -1 && known) {
            return new Degrees(replicate, gpus.getAsLong() / others, tensor, stages, context);
        }
        return new Degrees(replicate, Math.max(0, shard), tensor, stages, context);
    }

    private static long degree(Settings settings, List<String> names) {
        String name = settings.nameOf(names);
        return settings.integer(name, 1, MOST, 1);
    }

    /// The degree that stands in the file and is largest, to point at; the first of all where none stands there.
    private static String largest(Settings settings) {
        String largest = settings.nameOf(Names.TENSOR);
        long most = 0;
        for (List<String> names : List.of(Names.TENSOR, Names.STAGES, Names.CONTEXT, Names.REPLICATE)) {
            String name = settings.nameOf(names);
            if (settings.has(name) && settings.integer(name, 1, MOST, 1) > most) {
                most = settings.integer(name, 1, MOST, 1);
                largest = name;
            }
        }
        return largest;
    }

    /// Ranks that work on different sequences; empty where that is open.
    OptionalLong data() {
        return shard == 0 ? OptionalLong.empty() : OptionalLong.of(replicate * shard);
    }
}

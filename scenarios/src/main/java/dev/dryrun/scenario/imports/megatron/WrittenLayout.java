// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A pipeline written out, block by block: `Et*3|(tt|)*29m|L`.
///
/// `E` is the embedding, `t` a layer, `m` a module that predicts further tokens, `L` the loss, and `|` ends a block.
/// `x*n` and `(..)*n` stand for n times the same, and commas for nothing. There are as many chunks of a stage as blocks
/// for each stage. Source: Megatron-Core, `PipelineParallelLayerLayout`, read 2026-11.
final class WrittenLayout {
    private static final String KEY = "strategy.pipeline.layers_per_stage";
    private static final Pattern GROUP = Pattern.compile("\\(([^()]*)\\)\\*([0-9]{1,5})");
    private static final Pattern REPEATED = Pattern.compile("([EtmL|])\\*([0-9]{1,5})");
    private static final int LONGEST = 100_000;

    private WrittenLayout() {}

    static void read(Reading reading, Option option, long stages) {
        if (reading.isUnknown(option)) {
            return;
        }
        String text = unrolled(option.text().replaceAll("[,\\s\\\\]", ""));
        if (text == null || !text.matches("[EtmL|]+")) {
            option.notModelled("no layout of E, t, m, L and | that is known here; layers are spread evenly");
            return;
        }
        List<String> blocks = List.of(text.split("\\|", -1));
        if (blocks.size() % stages != 0) {
            reading.problem(
                    option,
                    "\"" + Reading.shortened(option.text()) + "\"",
                    "has " + blocks.size() + " blocks, which must be a multiple of the " + stages + " stages",
                    "");
            return;
        }
        List<Long> layers = new ArrayList<>();
        blocks.forEach(block -> layers.add(block.chars().filter(c -> c == 't').count()));
        long sum = layers.stream().mapToLong(Long::longValue).sum();
        long expected = reading.drafted("model.layers", sum);
        if (sum != expected) {
            reading.problem(
                    option,
                    "\"" + Reading.shortened(option.text()) + "\"",
                    "has " + sum + " layers, and --num-layers is " + expected,
                    "");
            return;
        }
        write(reading, option, blocks, layers, stages);
    }

    private static void write(Reading reading, Option option, List<String> blocks, List<Long> layers, long stages) {
        long chunks = blocks.size() / stages;
        if (chunks > 1) {
            reading.set("strategy.pipeline.schedule", "interleaved-1f1b", option);
            reading.set("strategy.pipeline.chunks", chunks, option);
        }
        String gap = gap(blocks, layers);
        if (!gap.isEmpty()) {
            option.notModelled(gap);
            return;
        }
        reading.set(KEY, layers, option);
        if (blocks.stream().anyMatch(block -> block.contains("m"))) {
            option.notModelled("layers are written to " + KEY + "; modules for further tokens are left out");
        } else {
            option.modelled(KEY);
        }
    }

    /// What no scenario can say of the blocks; empty where it can.
    private static String gap(List<String> blocks, List<Long> layers) {
        int last = blocks.size() - 1;
        for (int block = 0; block <= last; block++) {
            String held = blocks.get(block);
            boolean ends = (held.contains("E") && block > 0) || (held.contains("L") && block < last);
            if (ends) {
                return "embedding and loss are on the first and the last block, and layers are spread evenly";
            }
            if (layers.get(block) == 0 && block > 0 && block < last) {
                return "every block between the first and the last has a layer, and layers are spread evenly";
            }
        }
        return "";
    }

    /// The text without repetitions; null where it would be too long for any pipeline.
    private static @Nullable String unrolled(String text) {
        String groups = repeated(GROUP, text);
        return groups == null ? null : repeated(REPEATED, groups);
    }

    private static @Nullable String repeated(Pattern pattern, String text) {
        var out = new StringBuilder();
        Matcher matcher = pattern.matcher(text);
        int done = 0;
        while (matcher.find()) {
            out.append(text, done, matcher.start());
            long count = Long.parseLong(matcher.group(2));
            if (out.length() + count * matcher.group(1).length() > LONGEST) {
                return null;
            }
            out.repeat(matcher.group(1), (int) count);
            done = matcher.end();
        }
        out.append(text, done, text.length());
        return out.length() > LONGEST ? null : out.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

/// Whether embedding and head take the place of a layer each when layers are dealt out to stages: said so, or by a
/// first and a last stage with one layer less than the others.
final class EmbeddingSlots {
    private EmbeddingSlots() {}

    static boolean read(Reading reading, long stages) {
        Option method = reading.find("--pp-partition-method");
        Option embedding = reading.find("--account-for-embedding-in-pipeline-split");
        Option loss = reading.find("--account-for-loss-in-pipeline-split");
        Option first = reading.find("--decoder-first-pipeline-num-layers");
        Option last = reading.find("--decoder-last-pipeline-num-layers");
        if (method != null && !reading.isUnknown(method)) {
            if (method.text().equals("type:transformer|embedding")) {
                return set(reading, method);
            }
            String plain = "every stage holds as many layers";
            if (method.text().equals("type:transformer") || method.text().equals("uniform")) {
                method.free(plain);
            } else {
                method.notModelled(plain);
            }
        }
        if (embedding != null && loss != null) {
            return set(reading, embedding);
        }
        if (first != null && last != null) {
            Long one = reading.number(first, 0, 10_000);
            Long other = reading.number(last, 0, 10_000);
            long even = (reading.drafted("model.layers", 0) + 2) / stages;
            if (one != null && one.equals(other) && one == even - 1) {
                last.modelled("strategy.pipeline.embedding_slots");
                return set(reading, first);
            }
        }
        return false;
    }

    private static boolean set(Reading reading, Option option) {
        reading.set("strategy.pipeline.embedding_slots", true, option);
        return true;
    }
}

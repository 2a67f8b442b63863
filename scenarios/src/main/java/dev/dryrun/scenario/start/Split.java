// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.model.LayerCut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/// One way to spread a model over GPUs.
///
/// @param tensor ranks that share a layer
/// @param stages of the pipeline
/// @param embeddingSlots whether embedding and head count as layers, where the layers alone cannot be cut evenly
/// @param data replicas
record Split(int tensor, int stages, boolean embeddingSlots, int data) {
    /// The ways that model, machines and batch allow, those of fewest GPUs a replica first, among these the larger
    /// tensor group first. Tensor groups stay within a node unless a size is given. Replicas fill the cluster; only
    /// where they never can, they are as many as the batch allows.
    static List<Split> of(TrainingJob job, OptionalInt tensor, OptionalInt stages) {
        List<Split> full = all(job, tensor, stages, true);
        List<Split> splits = full.isEmpty() ? all(job, tensor, stages, false) : full;
        splits.sort(Comparator.comparingInt(Split::size).thenComparingInt(Split::stages));
        return splits;
    }

    /// GPUs of a replica.
    int size() {
        return tensor * stages;
    }

    private static List<Split> all(TrainingJob job, OptionalInt tensor, OptionalInt stages, boolean filling) {
        List<Split> splits = new ArrayList<>();
        int gpus = job.cluster().gpus();
        for (int t : tensors(job, tensor)) {
            int most = Math.min(gpus / t, job.model().layers());
            for (int p = stages.orElse(1); p <= stages.orElse(most) && p <= most; p++) {
                boolean even = job.model().layers() % p == 0;
                boolean evenWithSlots = (job.model().layers() + 2) % p == 0;
                int room = gpus / (t * p);
                int data = filling ? room : largestDivisor(job.training().globalBatch(), room);
                boolean fills = gpus % (t * p) == 0 && job.training().globalBatch() % data == 0;
                if ((even || evenWithSlots) && (fills || !filling)) {
                    splits.add(new Split(t, p, !even, data));
                }
            }
        }
        return splits;
    }

    private static List<Integer> tensors(TrainingJob job, OptionalInt given) {
        if (given.isPresent()) {
            return given.getAsInt() <= job.cluster().gpus() ? List.of(given.getAsInt()) : List.of();
        }
        List<Integer> tensors = new ArrayList<>();
        for (int t = 1; t <= job.cluster().node().gpus(); t++) {
            if (job.cluster().node().gpus() % t == 0 && job.model().problemWith(LayerCut.dense(t)) == null) {
                tensors.add(t);
            }
        }
        return tensors;
    }

    private static int largestDivisor(long number, int most) {
        for (int divisor = most; divisor > 1; divisor--) {
            if (number % divisor == 0) {
                return divisor;
            }
        }
        return 1;
    }
}

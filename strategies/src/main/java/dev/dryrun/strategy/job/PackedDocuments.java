// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.sim.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// What packed documents leave of attention, drawn for some steps of all replicas.
///
/// A sequence of s tokens with documents of l has `sum l^2` of the s^2 pairs of one whole document, causal or not. Its
/// attention takes as much less time. Replicas draw other documents; where they meet once a step the slowest counts by
/// all of its micro-batches, where they meet in each micro-batch the slowest of each counts.
///
/// @param share of the pairs of whole sequences that is left, on average
/// @param slowest how much more the slowest replica has in a step than the average, in micro-batches of average work
public record PackedDocuments(double share, double slowest) {
    /// Each sequence is one document.
    public static final PackedDocuments NONE = new PackedDocuments(1, 0);

    /// Steps that are drawn, over which the maximum is averaged.
    private static final int STEPS = 16;

    /// Those of a job.
    public static PackedDocuments of(TrainingJob job) {
        boolean each = job.strategy().sharding().sharesParameters()
                || (job.strategy().sharding().sharesGradients()
                        && !job.training().keepsGradientsWhole())
                || job.training().reduction() == Reduction.EACH_MICRO_BATCH;
        return of(
                job.training().packing(),
                job.training().sequenceLength(),
                job.strategy().data(),
                job.microBatches(),
                job.strategy().microBatch(),
                each);
    }

    /// @param meetsEach whether replicas wait for each other in each micro-batch
    static PackedDocuments of(
            Packing packing, long length, int replicas, int microBatches, long microBatch, boolean meetsEach) {
        if (!packing.packs()) {
            return NONE;
        }
        RandomGenerator random = new RandomStreams(packing.seed(), 0).stream("packing", 0);
        var documents = new Documents(packing, random);
        double sum = 0;
        double slowest = 0;
        for (int step = 0; step < STEPS; step++) {
            double[] ofReplica = new double[replicas];
            for (int batch = 0; batch < microBatches; batch++) {
                double most = 0;
                for (int replica = 0; replica < replicas; replica++) {
                    double share = documents.share(length, microBatch);
                    sum += share;
                    ofReplica[replica] += share;
                    most = Math.max(most, share);
                }
                slowest += meetsEach ? most : 0;
            }
            slowest += meetsEach ? 0 : Arrays.stream(ofReplica).max().orElse(0);
        }
        double batches = (double) STEPS * microBatches;
        double mean = sum / (batches * replicas);
        return new PackedDocuments(mean, Math.max(0, slowest / mean - batches) / STEPS);
    }

    /// Documents in the order in which they are drawn.
    private static final class Documents {
        private final Packing packing;
        private final RandomGenerator random;
        private final double whole;
        private long left;

        Documents(Packing packing, RandomGenerator random) {
            this.packing = packing;
            this.random = random;
            whole = packing.shares().stream().mapToDouble(Double::doubleValue).sum();
        }

        /// Of the pairs of so many sequences those that are left.
        double share(long length, long sequences) {
            double pairs = 0;
            for (long sequence = 0; sequence < sequences; sequence++) {
                long room = length;
                while (room > 0) {
                    left = left == 0 ? draw() : left;
                    long part = Math.min(left, room);
                    pairs += (double) part * part;
                    room -= part;
                    left -= part;
                }
            }
            return pairs / ((double) length * length * sequences);
        }

        private long draw() {
            double at = random.nextDouble() * whole;
            int number = 0;
            while (number < packing.shares().size() - 1
                    && at >= packing.shares().get(number)) {
                at -= packing.shares().get(number++);
            }
            return packing.lengths().get(number);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import dev.dryrun.validation.minitrainer.tape.Weight;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Weights that are used together: those of the embedding, of a block, or of the head.
///
/// They lie one behind the other in a bucket, in the order of their shapes.
public final class Unit {
    private final Map<String, Placed> weights = new LinkedHashMap<>();
    private final Bucket bucket;
    private final int uses;

    /// A weight where it lies.
    ///
    /// @param begin its first element in the bucket
    public record Placed(WeightShape shape, Bucket bucket, long begin, int ranks) implements Weight {
        @Override
        public String name() {
            return shape.name();
        }

        @Override
        public Tensor tensor() {
            return bucket.weights().narrow(0, begin, elements()).view(shape.sidesOf(ranks));
        }

        @Override
        public Tensor held() {
            return bucket.isShared() ? tensor().clone() : tensor();
        }

        @Override
        public Tensor gradient() {
            return bucket.gradients().narrow(0, begin, elements()).view(shape.sidesOf(ranks));
        }

        public long elements() {
            return shape.elements(ranks);
        }
    }

    /// @param uses how often a pass goes through it: twice where the head is tied to the embedding
    Unit(Bucket bucket, int uses) {
        this.bucket = bucket;
        this.uses = uses;
    }

    void add(WeightShape shape, long begin, int ranks) {
        weights.put(shape.name(), new Placed(shape, bucket, begin, ranks));
    }

    public Bucket bucket() {
        return bucket;
    }

    public int uses() {
        return uses;
    }

    /// The weight of that name.
    public Weight weight(String name) {
        Placed placed = weights.get(name);
        if (placed == null) {
            throw new IllegalArgumentException("no weight " + name + " among " + weights.keySet());
        }
        return placed;
    }

    /// All weights in their order.
    public Iterable<Placed> placed() {
        return weights.values();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.zeros;

import dev.dryrun.validation.minitrainer.tape.Native;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// The buckets of a rank, filled in the order of the forward pass.
public final class Buckets {
    private final Formats formats;
    private final int tensorRanks;
    private final int replicas;
    private final boolean shared;
    private final double fullAt;
    private final List<Bucket> all = new ArrayList<>();
    private @Nullable Bucket open;

    /// @param tensorRanks of a tensor group
    /// @param replicas among which a bucket can be shared out
    /// @param shared whether weights are shared out, unit by unit
    /// @param fullAt elements at which a bucket takes no more units
    public Buckets(Formats formats, int tensorRanks, int replicas, boolean shared, double fullAt) {
        this.formats = formats;
        this.tensorRanks = tensorRanks;
        this.replicas = replicas;
        this.shared = shared;
        this.fullAt = fullAt;
    }

    /// Adds a unit.
    ///
    /// @param uses how often a pass goes through it
    public Unit add(List<WeightShape> shapes, int uses) {
        Bucket bucket = open;
        if (bucket == null || shared || bucket.elements() >= fullAt) {
            bucket = new Bucket(formats, shared);
            all.add(bucket);
            open = bucket;
        }
        return bucket.add(shapes, tensorRanks, uses);
    }

    /// The next unit begins a bucket.
    public void endBucket() {
        open = null;
    }

    /// Gives all weights their first values, and gives the buckets to the replicas.
    public void fill(FirstValues values, Replicas to) {
        for (Bucket bucket : all) {
            bucket.padTo(replicas);
            try (PointerScope scope = Native.scope()) {
                List<Tensor> parts = new ArrayList<>();
                long length = 0;
                for (Unit unit : bucket.units()) {
                    for (Unit.Placed placed : unit.placed()) {
                        parts.add(values.of(placed.shape()).reshape(-1));
                        length += placed.elements();
                    }
                }
                parts.add(zeros(bucket.elements() - length));
                Tensor flat =
                        cat(new TensorVector(parts.toArray(Tensor[]::new)), 0).to(formats.device(), ScalarType.Float);
                to.take(bucket, Native.keep(flat));
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.make_generator_cpu;
import static org.bytedeco.pytorch.global.torch.zeros;

import dev.dryrun.sim.random.RandomStreams;
import dev.dryrun.validation.minitrainer.weights.WeightShape.Initial;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// The values with which a training begins. They depend on the seed and the tensor's name alone: the whole tensor is
/// made, and a rank takes its share, so that all layouts begin with the same model.
///
/// @param seed of the training
/// @param place of the rank in its tensor group
/// @param ranks of the tensor group
public record FirstValues(long seed, int place, int ranks) {
    /// A rank's share of a tensor, on the CPU, in fp32.
    public Tensor of(WeightShape shape) {
        Tensor whole = whole(shape);
        if (!shape.isCut()) {
            return whole;
        }
        int side = shape.cutSide();
        long missing = shape.padded() - shape.sides().get(side);
        if (missing > 0) {
            long[] more = whole.shape();
            more[side] = missing;
            whole = cat(new TensorVector(whole, zeros(more)), side);
        }
        List<Tensor> mine = new ArrayList<>();
        long begin = 0;
        for (long part : shape.parts()) {
            long share = part / ranks;
            mine.add(whole.narrow(side, begin + place * share, share));
            begin += part;
        }
        return cat(new TensorVector(mine.toArray(Tensor[]::new)), side).contiguous();
    }

    private Tensor whole(WeightShape shape) {
        long[] sides = shape.sides().stream().mapToLong(Long::longValue).toArray();
        Tensor tensor = zeros(sides);
        return switch (shape.initial()) {
            case Initial.Constant(double value) -> tensor.fill_(new Scalar(value));
            case Initial.Normal(double deviation) -> {
                long own = new RandomStreams(seed, 0).stream(shape.name(), 0).nextLong() >>> 1;
                yield tensor.normal_(0, deviation, new GeneratorOptional(make_generator_cpu(own)));
            }
        };
    }
}

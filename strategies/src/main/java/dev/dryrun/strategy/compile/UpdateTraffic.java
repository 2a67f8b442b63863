// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.Training;
import java.util.ArrayList;
import java.util.List;

/// What an optimizer's own update reads and writes of a parameter, its gradient and its moments, in one kernel or in
/// several.
///
/// With weights and gradients of w bytes in the optimizer and k moments of m bytes, one kernel moves
///
///     3 w + 2 k m     weight and gradient read, weight written, moments read and written
///
/// which is 28 for Adam in fp32. Adafactor reads the gradient twice more, for the means of rows and columns and for the
/// size of its update (arXiv:1804.04235, algorithm 4); a matrix under Muon is read and written once more as the 16-bit
/// input and result of its orthogonalisation. Unfused, each operation of the update is a kernel of its own, as in
/// PyTorch's optimizers with `foreach` and `fused` off; 8-bit Adam has no such form.
final class UpdateTraffic {
    private static final int ORTHOGONAL_BYTES = 2;

    private final double weight;
    private final double moment;

    /// A kernel of an unfused update.
    ///
    /// @param bytes that it moves for each parameter
    record Pass(String name, double bytes) {}

    UpdateTraffic(Training training) {
        boolean narrow = training.precision().isMixed() && !training.hasMasterWeights();
        weight = narrow ? 2 : 4;
        moment = weight;
    }

    /// Bytes of a parameter in one kernel, means over a rank's parameters where matrices are treated apart.
    ///
    /// @param ofMatrices share of the parameters that are elements of layers' matrices
    double fusedBytes(Optimizer optimizer, double ofMatrices) {
        return switch (optimizer) {
            case ADAM, ADAMW -> 3 * weight + 4 * moment;
            case ADAM_8BIT -> 3 * weight + 2 * optimizer.moments() * optimizer.momentBytes();
            case LION, MOMENTUM -> 3 * weight + 2 * moment;
            case SGD -> 3 * weight;
            case ADAFACTOR -> 5 * weight;
            case MUON ->
                ofMatrices * (3 * weight + 2 * moment + 2 * ORTHOGONAL_BYTES)
                        + (1 - ofMatrices) * fusedBytes(Optimizer.ADAM, 0);
        };
    }

    /// The kernels of a tensor's update, one operation each.
    ///
    /// @param matrix whether the tensor is a matrix of a layer
    List<Pass> passes(Optimizer optimizer, boolean matrix) {
        return switch (optimizer) {
            case ADAM -> adam();
            case ADAMW -> {
                List<Pass> passes = new ArrayList<>();
                passes.add(new Pass("weight decay", 2 * weight));
                passes.addAll(adam());
                yield List.copyOf(passes);
            }
            case ADAM_8BIT -> List.of(new Pass("update", fusedBytes(optimizer, 0)));
            case LION ->
                List.of(
                        new Pass("weight decay", 2 * weight),
                        new Pass("scaled moment", 2 * moment),
                        new Pass("direction", 2 * moment + weight),
                        new Pass("sign", 2 * moment),
                        new Pass("update", 2 * weight + moment),
                        new Pass("moment", 2 * moment + weight));
            case MOMENTUM ->
                List.of(
                        new Pass("scaled moment", 2 * moment),
                        new Pass("moment", 2 * moment + weight),
                        new Pass("update", 2 * weight + moment));
            case SGD -> List.of(new Pass("update", 3 * weight));
            case ADAFACTOR ->
                List.of(
                        new Pass("square", 2 * weight),
                        new Pass("means of rows", weight),
                        new Pass("means of columns", weight),
                        new Pass("estimate", weight),
                        new Pass("quotient", 3 * weight),
                        new Pass("size", weight),
                        new Pass("clipping", 2 * weight),
                        new Pass("update", 3 * weight));
            case MUON ->
                matrix
                        ? List.of(
                                new Pass("moment", 2 * moment + weight),
                                new Pass("cast", moment + ORTHOGONAL_BYTES),
                                new Pass("weight decay", 2 * weight),
                                new Pass("update", 2 * weight + ORTHOGONAL_BYTES))
                        : adam();
        };
    }

    private List<Pass> adam() {
        return List.of(
                new Pass("first moment", 2 * moment + weight),
                new Pass("scaled second moment", 2 * moment),
                new Pass("second moment", 2 * moment + weight),
                new Pass("root", 2 * moment),
                new Pass("correction", 2 * moment),
                new Pass("epsilon", 2 * moment),
                new Pass("update", 2 * weight + 2 * moment));
    }
}

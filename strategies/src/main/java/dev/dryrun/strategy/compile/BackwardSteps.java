// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.strategy.compile.Op.Collective;
import dev.dryrun.strategy.job.ElementwiseTraffic;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.model.LayerStep;
import java.util.List;

/// The gradients of a layer's steps as kernels and collectives.
///
/// Without sequence parallelism the gradients of the inputs of products that are split by columns are all-reduced
/// (Shoeybi et al., 2019, arXiv:1909.08053, section 3). With it, they are reduced to shares, the gradients of the
/// outputs of products that are split by rows are gathered before, and the gathered inputs are gathered once more for
/// the weight gradients (Korthikanti et al., 2022, arXiv:2205.05198, section 4.2).
final class BackwardSteps {
    private static final Category C = Category.COMPUTE;

    private final StepKernels kernels;
    private final KernelTimes times;
    private final LayerDimensions sizes;
    private final ElementwiseTraffic traffic;

    BackwardSteps(StepKernels kernels) {
        this.kernels = kernels;
        times = kernels.times();
        sizes = kernels.sizes();
        traffic = kernels.stack().traffic();
    }

    void add(List<Op> ops, LayerStep step) {
        switch (step) {
            case LayerStep.Normalise norm -> ops.add(normalise(norm));
            case LayerStep.Multiply product -> {
                kernels.addWidening(ops, product, C);
                switch (product.split()) {
                    case NONE -> whole(ops, product);
                    case COLUMNS -> byColumns(ops, product);
                    case ROWS -> byRows(ops, product);
                }
            }
            case LayerStep.SplitHeads split -> {
                ops.add(kernels.inside(
                        "qkv backward", split.width(), traffic.queryKeyValue().backward(), C));
                times.addCast(
                        ops,
                        sizes.tokens() * (double) split.width(),
                        traffic.fp8QueryKeyValue().backward(),
                        true,
                        C);
            }
            case LayerStep.Rotate rotate ->
                ops.add(kernels.inside(
                        "rotary backward", rotate.width(), traffic.rotary().backward(), C));
            case LayerStep.Attend core -> kernels.attention().backward(ops, core);
            case LayerStep.AddAdapter add ->
                ops.add(kernels.sumOfTwo("sum of adapter's gradient", add.inputs(), add.inputsInside(), C));
            case LayerStep.Activate activate -> activate(ops, activate);
            case LayerStep.AddResidual add ->
                ops.add(kernels.residual(
                        "residual backward", add.width(), traffic.residual().backward(), C));
            case LayerStep.Recur recur -> kernels.recur(ops, recur, false, C);
            case LayerStep.MultiplyInPieces product -> times.addPiecesBackward(ops, product);
            case LayerStep.Route route -> route(ops, route);
            case LayerStep.Dispatch dispatch -> dispatch(ops, dispatch);
            case LayerStep.MultiplyByExpert product -> multiplyByExpert(ops, product);
            case LayerStep.Combine combine -> combine(ops, combine);
        }
    }

    private Op.Kernel normalise(LayerStep.Normalise norm) {
        double bytes = traffic.norm().backward();
        String name = norm.name() + " backward";
        return norm.inside()
                ? kernels.inside(name, norm.width(), bytes, C)
                : kernels.residual(name, norm.width(), bytes, C);
    }

    private void activate(List<Op> ops, LayerStep.Activate activate) {
        if (kernels.fuses(activate)) {
            return;
        }
        double elements = kernels.copies(activate.copies()) * activate.width();
        var bytes = activate.gated() ? traffic.gatedActivation() : traffic.activation();
        ops.add(times.moves("activation backward", elements, bytes.backward(), C));
        times.addCast(ops, elements, traffic.fp8Ffn().backward(), true, C);
    }

    private void whole(List<Op> ops, LayerStep.Multiply product) {
        long tokens = sizes.tokens() / sizes.residualRanks();
        ops.add(times.dataGradient(product.name(), tokens, product.outputs(), product.inputs()));
        addWeightGradient(ops, product, tokens);
    }

    /// Its output gradient is gathered where the sequence is split.
    private void byRows(List<Op> ops, LayerStep.Multiply product) {
        times.addCast(
                ops,
                sizes.residualElements(product.outputs()),
                traffic.fp8Hidden().backward() / 2,
                true,
                C);
        Op.Kernel dataGradient =
                times.dataGradient(product.name(), sizes.tokens(), product.outputs(), product.inputs());
        if (sizes.sequenceParallel() && product.communicates()) {
            times.addCollective(
                    ops,
                    dataGradient,
                    new Collective(
                            "gather gradient of " + product.name(),
                            CollectiveKind.ALL_GATHER,
                            times.activationTransferBytes(product.outputs(), false)),
                    kernels.overlapsAll());
        } else {
            ops.add(dataGradient);
        }
        addWeightGradient(ops, product, sizes.tokens());
    }

    /// The partial gradients of its input are summed while the weight gradient is computed, if the stack can; with the
    /// sequence split its input is gathered again beside the data gradient.
    private void byColumns(List<Op> ops, LayerStep.Multiply product) {
        boolean overlaps = kernels.stack().tensorOverlap() != Stack.TensorOverlap.NONE;
        String name = product.name();
        Op.Kernel dataGradient = times.dataGradient(name, sizes.tokens(), product.outputs(), product.inputs());
        if (sizes.sequenceParallel() && product.communicates() && kernels.trains(product)) {
            times.addCollective(
                    ops,
                    dataGradient,
                    new Collective(
                                    "gather input of " + name,
                                    CollectiveKind.ALL_GATHER,
                                    times.activationTransferBytes(product.inputs(), true))
                            .forWeights(),
                    overlaps);
        } else {
            ops.add(dataGradient);
        }
        Collective sum = new Collective(
                "sum gradient of " + name, times.sumKind(), times.activationTransferBytes(product.inputs(), false));
        if (!kernels.trains(product)) {
            if (product.communicates()) {
                times.addSum(ops, sum);
            }
            return;
        }
        Op.Kernel weightGradient = times.weightGradient(name, sizes.tokens(), product.outputs(), product.inputs());
        if (!product.communicates()) {
            ops.add(weightGradient);
        } else if (overlaps) {
            times.addCollective(ops, weightGradient, sum, true);
        } else {
            times.addSumThen(ops, sum, weightGradient);
        }
        times.addGradientSum(ops, name, product.outputs(), product.inputs());
    }

    private void addWeightGradient(List<Op> ops, LayerStep.Multiply product, long tokens) {
        if (!kernels.trains(product)) {
            return;
        }
        ops.add(times.weightGradient(product.name(), tokens, product.outputs(), product.inputs()));
        times.addGradientSum(ops, product.name(), product.outputs(), product.inputs());
    }

    private void route(List<Op> ops, LayerStep.Route route) {
        long tokens = sizes.tokens() / sizes.residualRanks();
        int experts = route.copies().experts();
        ops.add(times.route(tokens * (double) experts, C));
        ops.add(times.dataGradient("router", tokens, experts, route.hidden()));
        if (!kernels.trains(route)) {
            return;
        }
        ops.add(times.weightGradient("router", tokens, experts, route.hidden()));
        times.addGradientSum(ops, "router", experts, route.hidden());
    }

    /// Copies' gradients come back and are summed.
    private void dispatch(List<Op> ops, LayerStep.Dispatch dispatch) {
        kernels.sumCopies(ops, "sum gradients of copies", dispatch.hidden(), dispatch.copies());
        kernels.exchange(ops, "dispatch backward", dispatch.hidden(), dispatch.copies());
        ops.add(times.moves(
                "permute backward",
                kernels.ownCopies(dispatch.copies()) * dispatch.hidden(),
                kernels.stack().experts().permutation().backward() / 2,
                C));
    }

    private void multiplyByExpert(List<Op> ops, LayerStep.MultiplyByExpert product) {
        LayerStep.Copies copies = product.copies();
        int experts = copies.expertsOfRank();
        long rows = kernels.rows(copies);
        kernels.addBias(ops, product, false, C);
        if (product.split() == LayerStep.Split.ROWS) {
            times.addCast(
                    ops,
                    kernels.copies(copies) * product.outputs(),
                    traffic.fp8Hidden().backward() / 2,
                    true,
                    C);
        }
        ops.add(times.expertDataGradient(product.name(), experts, rows, product.outputs(), product.inputs()));
        if (!kernels.trains(product)) {
            return;
        }
        ops.add(times.expertWeightGradient(product.name(), experts, rows, product.outputs(), product.inputs()));
        times.addGradientSum(ops, product.name(), experts * product.outputs(), product.inputs());
    }

    private void combine(List<Op> ops, LayerStep.Combine combine) {
        ops.add(times.moves(
                "unpermute backward",
                kernels.ownCopies(combine.copies()) * combine.hidden(),
                kernels.stack().experts().permutation().backward() / 2,
                C));
        kernels.exchange(ops, "combine backward", combine.hidden(), combine.copies());
        kernels.gatherCopies(ops, "gather gradients of copies", combine.hidden(), combine.copies());
    }
}

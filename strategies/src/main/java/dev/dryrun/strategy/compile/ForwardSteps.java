// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.strategy.compile.Op.Collective;
import dev.dryrun.strategy.job.ElementwiseTraffic;
import dev.dryrun.strategy.model.LayerStep;
import java.util.List;

/// The steps of a layer's forward pass as kernels and collectives.
///
/// Without sequence parallelism the results of products that are split by rows (attention projection, second MLP
/// product) are all-reduced (Shoeybi et al., 2019, arXiv:1909.08053, section 3). With it, each of these becomes a
/// reduce-scatter, and the input of a product that is split by columns is gathered before (Korthikanti et al., 2022,
/// arXiv:2205.05198, section 4.2).
final class ForwardSteps {
    private final StepKernels kernels;
    private final KernelTimes times;
    private final LayerDimensions sizes;
    private final ElementwiseTraffic traffic;

    ForwardSteps(StepKernels kernels) {
        this.kernels = kernels;
        times = kernels.times();
        sizes = kernels.sizes();
        traffic = kernels.stack().traffic();
    }

    /// @param category COMPUTE, or RECOMPUTE where the pass runs again
    void add(List<Op> ops, LayerStep step, Category category) {
        switch (step) {
            case LayerStep.Normalise norm -> ops.add(normalise(norm, category));
            case LayerStep.Multiply product -> multiply(ops, product, category);
            case LayerStep.SplitHeads split ->
                ops.add(kernels.inside(
                        "qkv split", split.width(), traffic.queryKeyValue().forward(), category));
            case LayerStep.Rotate rotate ->
                ops.add(kernels.inside(
                        "rotary", rotate.width(), traffic.rotary().forward(), category));
            case LayerStep.Attend core -> {
                kernels.attention().forward(ops, core, category);
                times.addCast(
                        ops,
                        sizes.tokens() * (double) core.outputWidth(),
                        traffic.fp8Context().forward(),
                        false,
                        category);
            }
            case LayerStep.AddAdapter add ->
                ops.add(kernels.sumOfTwo("add adapter", add.outputs(), add.outputsInside(), category));
            case LayerStep.Activate activate -> activate(ops, activate, category);
            case LayerStep.AddResidual add ->
                ops.add(kernels.residual(
                        "residual", add.width(), traffic.residual().forward(), category));
            case LayerStep.Recur recur -> kernels.recur(ops, recur, true, category);
            case LayerStep.MultiplyInPieces product -> times.addPiecesForward(ops, product, category);
            case LayerStep.Route route -> route(ops, route, category);
            case LayerStep.Dispatch dispatch -> dispatch(ops, dispatch, category);
            case LayerStep.MultiplyByExpert product -> multiplyByExpert(ops, product, category);
            case LayerStep.Combine combine -> combine(ops, combine, category);
        }
    }

    private Op.Kernel normalise(LayerStep.Normalise norm, Category category) {
        double bytes = traffic.norm().forward();
        return norm.inside()
                ? kernels.inside(norm.name(), norm.width(), bytes, category)
                : kernels.residual(norm.name(), norm.width(), bytes, category);
    }

    private void multiply(List<Op> ops, LayerStep.Multiply product, Category category) {
        boolean rows = product.split() == LayerStep.Split.ROWS;
        if (!rows) {
            times.addCast(
                    ops,
                    sizes.residualElements(product.inputs()),
                    traffic.fp8Hidden().forward() / 2,
                    false,
                    category);
        }
        kernels.addWidening(ops, product, category);
        long tokens = product.split() == LayerStep.Split.NONE ? sizes.tokens() / sizes.residualRanks() : sizes.tokens();
        Op.Kernel kernel = times.linear(product.name(), tokens, product.outputs(), product.inputs(), category);
        if (!product.communicates()) {
            ops.add(kernel);
            return;
        }
        switch (product.split()) {
            case NONE -> ops.add(kernel);
            case COLUMNS -> {
                if (sizes.sequenceParallel()) {
                    times.addCollective(ops, kernel, gather(product), kernels.overlapsAll());
                } else {
                    ops.add(kernel);
                }
            }
            case ROWS ->
                times.addCollective(ops, kernel, sum(product), kernels.overlapsAll() && sizes.sequenceParallel());
        }
    }

    private Collective gather(LayerStep.Multiply product) {
        return new Collective(
                "gather for " + product.name(),
                CollectiveKind.ALL_GATHER,
                times.activationTransferBytes(product.inputs(), true));
    }

    private Collective sum(LayerStep.Multiply product) {
        return new Collective(
                "sum of " + product.name(), times.sumKind(), times.activationTransferBytes(product.outputs(), false));
    }

    private void activate(List<Op> ops, LayerStep.Activate activate, Category category) {
        if (kernels.fuses(activate)) {
            return;
        }
        double elements = kernels.copies(activate.copies()) * activate.width();
        var bytes = activate.gated() ? traffic.gatedActivation() : traffic.activation();
        ops.add(times.moves("activation", elements, bytes.forward(), category));
        times.addCast(ops, elements, traffic.fp8Ffn().forward(), false, category);
    }

    private void route(List<Op> ops, LayerStep.Route route, Category category) {
        long tokens = sizes.tokens() / sizes.residualRanks();
        int experts = route.copies().experts();
        ops.add(times.linear("router", tokens, experts, route.hidden(), category));
        ops.add(times.route(tokens * (double) experts, category));
        double idle = kernels.stack().experts().countSeconds();
        if (idle > 0) {
            ops.add(new Op.Kernel("wait for counts", idle, Category.HOST));
        }
    }

    private void dispatch(List<Op> ops, LayerStep.Dispatch dispatch, Category category) {
        ops.add(times.moves(
                "permute",
                kernels.ownCopies(dispatch.copies()) * dispatch.hidden(),
                kernels.stack().experts().permutation().forward() / 2,
                category));
        kernels.exchange(ops, "dispatch", dispatch.hidden(), dispatch.copies());
        kernels.gatherCopies(ops, "gather copies", dispatch.hidden(), dispatch.copies());
    }

    private void multiplyByExpert(List<Op> ops, LayerStep.MultiplyByExpert product, Category category) {
        LayerStep.Copies copies = product.copies();
        if (product.split() == LayerStep.Split.COLUMNS) {
            times.addCast(
                    ops,
                    kernels.copies(copies) * product.inputs(),
                    traffic.fp8Hidden().forward() / 2,
                    false,
                    category);
        }
        ops.add(times.expertLinear(
                product.name(),
                copies.expertsOfRank(),
                kernels.rows(copies),
                product.outputs(),
                product.inputs(),
                category));
        kernels.addBias(ops, product, true, category);
    }

    private void combine(List<Op> ops, LayerStep.Combine combine, Category category) {
        kernels.sumCopies(ops, "sum copies", combine.hidden(), combine.copies());
        kernels.exchange(ops, "combine", combine.hidden(), combine.copies());
        ops.add(times.moves(
                "unpermute",
                kernels.ownCopies(combine.copies()) * combine.hidden(),
                kernels.stack().experts().permutation().forward() / 2,
                category));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.model.WeightMatrices.Matrix;
import java.util.Comparator;
import java.util.List;

/// The matrix products by which Muon makes an update orthogonal: Newton-Schulz iterations, five for each matrix.
///
/// Of a matrix X of m x n, m at most n, an iteration takes
///
///     A = X X'            2 m^2 n
///     B = b A + c A A     2 m^3
///     X = a X + B X       2 m^2 n
///
/// in 16 bits. Each rank of a tensor group gathers its group's matrices and orthogonalises them whole. Of replicas that
/// share the optimizer's state each takes as many matrices as come to it when they are dealt out, the largest first; of
/// these it needs whole gradients, gathered from the others' shares ([OptimizerStep#gatheredParameters]).
/// Source: Liu et al., 2025, arXiv:2502.16982, equation 2 and algorithm 1.
final class Orthogonalisation {
    private static final int ITERATIONS = 5;
    private static final int ELEMENT_BYTES = 2;

    private final TrainingJob job;
    private final KernelModel kernels;
    private final Precision precision;

    Orthogonalisation(TrainingJob job, Accelerator accelerator, KernelModel kernels) {
        this.job = job;
        this.kernels = kernels;
        precision = accelerator.supports(Precision.BF16) ? Precision.BF16 : Precision.FP16;
    }

    /// Operations of all iterations of a matrix.
    static double flops(Matrix matrix) {
        double m = Math.min(matrix.rows(), matrix.columns());
        double n = Math.max(matrix.rows(), matrix.columns());
        return ITERATIONS * (4 * m * m * n + 2 * m * m * m);
    }

    /// Adds those of a rank's share of these matrices.
    void addTo(List<Op> ops, List<Matrix> matrices) {
        List<Matrix> largestFirst = matrices.stream()
                .sorted(Comparator.comparingDouble((Matrix matrix) -> flops(matrix.whole()))
                        .reversed())
                .toList();
        int shards = job.strategy().shards();
        for (int dealt = 0; dealt < largestFirst.size(); dealt += shards) {
            addMatrix(ops, largestFirst.get(dealt));
        }
    }

    private void addMatrix(List<Op> ops, Matrix matrix) {
        Matrix whole = matrix.whole();
        if (matrix.ranks() > 1) {
            int slot = matrix.ofExpert() && job.strategy().dealsOutExperts() ? Layout.EXPERT_TENSOR : Layout.TENSOR;
            ops.add(new Op.Collective(
                    "gather " + matrix.name(),
                    CollectiveKind.ALL_GATHER,
                    ELEMENT_BYTES * whole.elements(),
                    slot,
                    Category.TENSOR_COMM));
        }
        long m = Math.min(whole.rows(), whole.columns());
        long n = Math.max(whole.rows(), whole.columns());
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            ops.add(product("Gram matrix", m, m, n));
            ops.add(product("its square", m, m, m));
            ops.add(product("next iterate", m, n, m));
        }
    }

    private Op.Kernel product(String name, long rows, long columns, long inner) {
        return new Op.Kernel(name, kernels.gemmSeconds(Gemm.of(rows, columns, inner, precision)), Category.OPTIMIZER);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.crosscheck;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.kernel.KernelModel;
import java.util.List;
import java.util.Locale;

/// What measured runs say that overlapped communication still costs, beside what sharing of compute units, memory and
/// links and the cutting into chunks explain of it. The rest is a constant of the software stack.
///
/// @param rows one for each figure
public record OverlapFigures(List<Row> rows) {
    /// Channels of NCCL's rings on boards of eight A100 or H100, from its log lines (unverified).
    private static final int CHANNELS = 24;

    private static final List<LayerProducts> TENSOR_PARALLEL = List.of(
            new LayerProducts("GPT-3 175B", 4, 2048, 12288, 3 * 12288, 4 * 12288, false),
            new LayerProducts("Nemotron-4 340B", 8, 4096, 18432, 18432 + 2 * 8 * 192, 73728, false),
            new LayerProducts("Llama 3.1 405B", 8, 8192, 16384, 16384 + 2 * 8 * 128, 2 * 53248, true));

    private static final List<LayerProducts> SHARDED = List.of(
            new LayerProducts("MPT-7B", 1, 2048 * 4, 4096, 3 * 4096, 4 * 4096, false),
            new LayerProducts("MPT-30B", 1, 2048 * 2, 7168, 3 * 7168, 4 * 7168, false));

    /// A figure.
    ///
    /// @param what is measured
    /// @param measured share of the hidden communication that still costs
    /// @param uncertainty of it, as the study gives it
    /// @param explained by the mechanisms, mean over some models
    public record Row(String what, double measured, double uncertainty, double explained) {}

    public OverlapFigures {
        rows = List.copyOf(rows);
    }

    /// Computes them for the accelerators of the project's own catalog.
    public static OverlapFigures compute() {
        return new OverlapFigures(List.of(
                new Row("tensor parallel, chunks fill waves, H100, recipes", 0.35, 0.1, tensor("h100-sxm-80gb", true)),
                new Row("tensor parallel, each chunk pays its waves", 0.35, 0.1, tensor("h100-sxm-80gb", false)),
                new Row("sharded parameters (kappa), H100, llm-foundry", 0.67, 0.13, sharded("h100-sxm-80gb")),
                new Row("sharded parameters (kappa), A100, llm-foundry", 0.67, 0.13, sharded("a100-sxm-80gb")),
                new Row("reductions of gradients, H100, NVIDIA recipes", 0.15, 0.05, sharded("h100-sxm-80gb"))));
    }

    private static double tensor(String name, boolean filled) {
        Accelerator accelerator = accelerator(name);
        var study = new TensorOverlap(gpu(accelerator), new KernelModel(accelerator, 1));
        return TENSOR_PARALLEL.stream()
                .mapToDouble(layer -> study.share(layer, filled))
                .average()
                .orElseThrow();
    }

    private static double sharded(String name) {
        Accelerator accelerator = accelerator(name);
        var study = new ShardOverlap(gpu(accelerator), new KernelModel(accelerator, 1), CHANNELS);
        return SHARDED.stream().mapToDouble(study::share).average().orElseThrow();
    }

    private static SharedGpu gpu(Accelerator accelerator) {
        boolean hopper = accelerator.name().startsWith("h100");
        double raw = hopper ? 450e9 : 300e9;
        double share = CollectiveLibrary.named("nccl")
                .linkEfficiency(hopper ? "nvlink4" : "nvlink3")
                .ring();
        return new SharedGpu(accelerator, raw * share);
    }

    private static Accelerator accelerator(String name) {
        var problems = new Problems();
        Document document = new Catalog(List.of()).find("accelerators", name, problems);
        problems.throwIfAny();
        if (document == null) {
            throw new IllegalStateException("the catalog has no accelerator " + name);
        }
        return Accelerator.read(document.root());
    }

    /// A table for people.
    public String text() {
        var text = new StringBuilder(
                "Overlap: share of hidden communication that still costs, and what of it shared compute units, memory"
                        + " and\n"
                        + "chunks explain; the rest is a constant of the stack\n");
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-50s measured %.2f +- %.2f   explained %.2f (%.0f %%)%n",
                    row.what(),
                    row.measured(),
                    row.uncertainty(),
                    row.explained(),
                    100 * row.explained() / row.measured()));
        }
        return text.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.bench;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.compile.StepCompiler;
import dev.dryrun.strategy.job.TrainingJob;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A whole step of GPT-3 175B on 2,048 A100s, from the job to the outcome, and its parts.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class StepBenchmark {
    private static final String SCENARIO = """
        model: gpt3-175b
        cluster: {node: dgx-a100-80gb, nodes: 256, fabric: fat-tree}
        training: {sequence_length: 2048, global_batch: 1536, precision: fp16, optimizer: adam}
        strategy:
          tensor: 8
          pipeline: {stages: 16, schedule: interleaved-1f1b, chunks: 3}
          micro_batch: 1
          recompute: full
        stack: megatron-2021
        site: selene
        """;

    private final TrainingJob job = new ScenarioReader(new Catalog(List.of()))
            .read("benchmark", SCENARIO)
            .job();
    private StepPlan plan = new StepCompiler(job, Detail.CHUNK).compile();
    private StepPlan folded = Fold.of(plan);

    @Setup
    public void compileAndFold() {
        plan = new StepCompiler(job, Detail.CHUNK).compile();
        folded = Fold.of(plan);
    }

    @Benchmark
    public Object wholeStep() {
        return StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
    }

    @Benchmark
    public Object compile() {
        return new StepCompiler(job, Detail.CHUNK).compile();
    }

    @Benchmark
    public Object fold() {
        return Fold.of(plan);
    }

    @Benchmark
    public Object execute() {
        return StepExecutor.execute(folded);
    }
}

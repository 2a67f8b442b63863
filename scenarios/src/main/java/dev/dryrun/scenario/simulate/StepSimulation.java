// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.hardware.collective.Grain;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.sim.trace.SpanObserver;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.compile.StepCompiler;
import dev.dryrun.strategy.compile.StepKind;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.memory.StageMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The simulation of one step of a scenario: compiled, folded, ready to be executed.
public final class StepSimulation {
    private final Scenario scenario;
    private final Options options;
    private final StepPlan plan;
    /// The step and the next one, where stages begin it before all have ended.
    private final Optional<StepPlan> overlapping;
    /// Steps of other kinds, with how many of them there are for each step of the training.
    private final List<Besides> besides = new ArrayList<>();
    private long events;

    private record Besides(StepPlan plan, double weight) {}

    /// How a step is simulated.
    ///
    /// @param detail how much one instruction holds
    /// @param grain of the collectives; chunk by chunk only with every rank, in more detail than whole passes
    /// @param fidelity which ranks are simulated
    /// @param seed of the random streams
    /// @param version of the program, for the result's provenance
    public record Options(Detail detail, Grain grain, Fidelity fidelity, long seed, String version) {
        public Options {
            if (grain == Grain.CHUNKED && fidelity == Fidelity.FOLDED) {
                throw new IllegalArgumentException("chunks of ranks that are not simulated would be missing");
            }
        }

        /// Collectives as a whole.
        public Options(Detail detail, Fidelity fidelity, long seed, String version) {
            this(detail, Grain.FLUID, fidelity, seed, version);
        }
    }

    public StepSimulation(Scenario scenario, Options options) {
        this.scenario = scenario;
        this.options = options;
        StepCompiler compiler = new StepCompiler(scenario.job(), options.detail(), options.grain());
        plan = membersOf(compiler.compile());
        overlapping = compiler.compileOverlappingSteps().map(this::membersOf);
        Training training = scenario.job().training();
        if (training.localSteps().isLocal()) {
            add(compiler, StepKind.OUTER, 1.0 / training.localSteps().steps());
        }
        if (training.interludes().evaluationsPerStep() > 0) {
            add(compiler, StepKind.EVALUATION, training.interludes().evaluationsPerStep());
        }
    }

    private void add(StepCompiler compiler, StepKind kind, double weight) {
        besides.add(new Besides(membersOf(compiler.compile(kind)), weight));
    }

    private StepPlan membersOf(StepPlan full) {
        return switch (options.fidelity()) {
            case FOLDED -> Fold.of(full);
            case FULL -> full;
        };
    }

    /// What will be executed.
    public StepPlan plan() {
        return plan;
    }

    /// Events that the execution took; 0 before it.
    public long events() {
        return events;
    }

    /// Executes the step.
    ///
    /// @throws DeadlockedStep if it never ends
    public StepResult run() {
        return execute(null);
    }

    /// Executes the step while an observer looks on.
    ///
    /// @throws DeadlockedStep if it never ends
    public StepResult run(SpanObserver observer) {
        return execute(observer);
    }

    private StepResult execute(@Nullable SpanObserver observer) {
        List<StageMemory> memories = StageMemory.of(scenario.job(), plan);
        var peaks = new PeakInstants(plan, memories, observer);
        StepOutcome first = StepExecutor.execute(plan, peaks);
        StepOutcome outcome = overlapping
                .map(plans -> first.addedBy(StepExecutor.execute(plans)))
                .orElse(first);
        List<PlayedStep> steps = new ArrayList<>();
        int local = scenario.job().training().localSteps().steps();
        steps.add(new PlayedStep(plan, outcome, local == 1 ? 1 : (local - 1.0) / local));
        besides.forEach(
                other -> steps.add(new PlayedStep(other.plan(), StepExecutor.execute(other.plan()), other.weight())));
        events = 0;
        for (PlayedStep step : steps) {
            events += step.outcome().events();
            step.outcome().deadlock().ifPresent(deadlock -> {
                throw new DeadlockedStep(deadlock);
            });
        }
        MemoryUse memory = StageMemories.of(scenario.job(), plan, memories, peaks::beginNanos, first.stepNanos());
        return new StepAccount(scenario, options, steps, memory).result();
    }
}

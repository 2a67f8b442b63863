// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.strategy.job.ParameterSharding;
import dev.dryrun.strategy.job.Scaling;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioReaderTest {
    private static final String BASE = """
        schema: dryrun/scenario/1
        model: gpt3-1.3b
        cluster: {node: dgx-a100-80gb, nodes: 2, fabric: fat-tree}
        training: {sequence_length: 1024, global_batch: 32, precision: bf16}
        strategy: {tensor: 2, pipeline: {stages: 2}}
        stack: megatron-2022
        site: selene
        """;

    @TempDir
    private Path folder;

    private final ScenarioReader reader = new ScenarioReader(new Catalog(List.of()));

    private Path write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String messageOf(Path file) {
        return assertThrows(InvalidInputException.class, () -> reader.read(file))
                .getMessage()
                .replace(folder + folder.getFileSystem().getSeparator(), "");
    }

    @Test
    void dataAutoFillsTheCluster() {
        Scenario scenario = reader.read("job.yaml", BASE);
        assertEquals("job", scenario.job().name());
        assertEquals(16 / (2 * 2), scenario.job().strategy().data());
        assertEquals(32 / 4, scenario.job().microBatches());
        assertTrue(scenario.assumed().isEmpty());
    }

    /// A word means what its block means with nothing else said, and what is resolved reads as the same again.
    @Test
    void shardedParametersAreAWordOrABlock() {
        ParameterSharding plain = sharding("parameters");
        assertEquals(ParameterSharding.USUAL, plain);
        assertEquals(plain, sharding("{what: parameters}"));
        assertEquals(
                new ParameterSharding(2, false, false),
                sharding("{what: parameters, group: 2, reshard_after_forward: false, prefetch: false}"));
    }

    private ParameterSharding sharding(String written) {
        Scenario scenario = reader.read("job.yaml", BASE.replace("{stages: 2}", "{stages: 2}, sharding: " + written));
        var strategy = scenario.job().strategy();
        assertEquals(Sharding.PARAMETERS, strategy.sharding());
        Scenario again = reader.read(
                "job.json", new JsonText().value((Object) scenario.resolved()).toString());
        assertEquals(strategy, again.job().strategy());
        return strategy.parameterSharding();
    }

    /// (300/400)^0.4 of the clock that A100 keeps up; what is resolved still says it.
    @Test
    void aPowerCapSlowsTheAccelerator() {
        Scenario free = reader.read("job.yaml", BASE);
        Scenario capped = reader.read("job.yaml", BASE.replace("nodes: 2", "nodes: 2, power_cap: 300 W"));
        assertEquals(Math.pow(0.75, 0.4) * clock(free), clock(capped), 1e-12);
        Scenario again = reader.read(
                "again.json", new JsonText().value((Object) capped.resolved()).toString());
        assertEquals(capped.job(), again.job());
    }

    private static double clock(Scenario scenario) {
        return scenario.job().equipment().getFirst().accelerator().gemm().sustainedClock();
    }

    @Test
    void aPowerCapAboveTheSheetIsRefused() {
        var refused = assertThrows(
                InvalidInputException.class,
                () -> reader.read("job.yaml", BASE.replace("nodes: 2", "nodes: 2, power_cap: 700 W")));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .contains("cluster.power_cap is \"700 W\", but must be between 100 and 400 W on a100-sxm-80gb"),
                refused.getMessage());
    }

    @Test
    void jsonSaysTheSame() {
        Scenario yaml = reader.read("job.yaml", BASE);
        String json = """
            {"model": "gpt3-1.3b",
             "cluster": {"node": "dgx-a100-80gb", "nodes": 2, "fabric": "fat-tree"},
             "training": {"sequence_length": 1024, "global_batch": 32, "precision": "bf16"},
             "strategy": {"tensor": 2, "pipeline": {"stages": 2}},
             "stack": "megatron-2022", "site": "selene"}
            """;
        assertEquals(yaml.job(), reader.read("job.json", json).job());
    }

    @Test
    void theResolvedScenarioReadsAsTheSameOne() {
        Scenario scenario = reader.read("job.yaml", BASE);
        Scenario again = reader.read(
                "again.json", new JsonText().value((Object) scenario.resolved()).toString());
        assertEquals(scenario.job(), again.job());
        assertEquals(scenario.resolved(), again.resolved());
        assertEquals(scenario.catalogSha256(), again.catalogSha256());
    }

    @Test
    void aScenarioExtendsAnother() throws Exception {
        write("base.yaml", BASE);
        write("inner/middle.yaml", "extends: ../base.yaml\ntraining: {global_batch: 64}\n");
        Scenario scenario = reader.read(write("top.yaml", "extends: inner/middle.yaml\nstrategy: {recompute: full}\n"));
        assertEquals("top", scenario.job().name());
        assertEquals(64, scenario.job().training().globalBatch());
        assertEquals(1024, scenario.job().training().sequenceLength());
        assertEquals(2, scenario.job().strategy().tensor());
        assertFalse(scenario.resolved().containsKey("extends"));
    }

    @Test
    void aProblemNamesTheFileInWhichTheValueStands() throws Exception {
        write("base.yaml", BASE.replace("precision: bf16", "precision: bf17"));
        assertEquals(
                """
                base.yaml:4:64: training.precision is "bf17", but must be one of fp32, tf32, fp16, bf16, fp8, fp4. Maybe bf16.
                top.yaml:2:20: strategy.tensor is 3, but must divide the 8 GPUs of a node (dgx-a100-80gb). Maybe 2 or 4.\
                """, messageOf(write("top.yaml", "extends:" + " base.yaml\n" + "strategy:" + " {tensor:" + " 3}\n")));
    }

    @Test
    void circlesAndAbsentFilesAreProblems() throws Exception {
        write("a.yaml", "extends: b.yaml\n");
        write("b.yaml", "model: x\nextends: a.yaml\n");
        assertTrue(messageOf(folder.resolve("a.yaml"))
                .contains("b.yaml:2:10: extends is \"a.yaml\", but leads back to a.yaml."));
        assertTrue(messageOf(write("self.yaml", "extends: self.yaml\n")).contains("leads back to self.yaml."));
        assertTrue(messageOf(write("c.yaml", "extends: no.yaml\n"))
                .contains("c.yaml:1:10: extends is \"no.yaml\", but must be a file beside c.yaml."));
    }

    @Test
    void singleFieldsOfAStackAreOverridden() {
        var stack = reader.read("job.yaml", BASE).job().stack();
        var changed = reader.read(
                        "job.yaml",
                        BASE.replace(
                                "stack: megatron-2022",
                                "stack: {extends: megatron-2022, tensor_parallel: {overlap: none}}"))
                .job()
                .stack();
        assertEquals(dev.dryrun.strategy.job.Stack.TensorOverlap.NONE, changed.tensorOverlap());
        assertEquals(stack.traffic(), changed.traffic());
        assertEquals(stack.memory(), changed.memory());
    }

    @Test
    void aModelMayStandInline() {
        String inline =
                "model: {name: tiny, family: gpt, layers: 4, hidden: 512, heads: 8, vocabulary: 1000, positions: 1024}";
        var model = reader.read("job.yaml", BASE.replace("model: gpt3-1.3b", inline))
                .job()
                .model();
        assertEquals("tiny", model.name());
        assertEquals(4, model.layers());
        assertEquals(512, model.hidden());
    }

    @Test
    void whatIsLeftOutOfAModelIsNoted() {
        Scenario scenario = reader.read("job.yaml", BASE.replace("model: gpt3-1.3b", "model: bloom-560m"));
        assertEquals(List.of("bloom-560m is simulated without the norm behind the embedding"), scenario.notes());
        assertEquals(List.of(), reader.read("job.yaml", BASE).notes());
    }

    /// Twice the replicas of half of the stages: as many ranks, and two of the stages' blocks on each
    /// (arXiv:2412.19437, table 2: twice the parameters).
    @Test
    void dualpipeIsItsTwoDirections() {
        String written = BASE.replace("tensor: 2, pipeline: {stages: 2}", "data: 2, pipeline: {stages: %s}");
        var strategy = reader.read("job.yaml", written.formatted("8, schedule: dualpipe"))
                .job()
                .strategy();
        assertEquals(16, strategy.ranks());
        assertEquals(List.of(4, 2, 4), List.of(strategy.stages(), strategy.chunks(), strategy.data()));
        assertEquals("dualpipe-v", strategy.schedule());
        assertEquals(8, strategy.partition(24).blocks());
        var refused = assertThrows(
                InvalidInputException.class,
                () -> reader.read("job.yaml", written.formatted("7, schedule: dualpipe, chunks: 2")));
        assertEquals(
                List.of("strategy.pipeline.stages is 7", "strategy.pipeline.chunks is 2"),
                refused.getMessage()
                        .lines()
                        .map(line -> line.replaceFirst("^job.yaml:[0-9]+:[0-9]+: ", "")
                                .split(",")[0])
                        .toList());
    }

    @Test
    void anotherSchemaIsRefused() {
        var refused = assertThrows(
                InvalidInputException.class, () -> reader.read("job.yaml", BASE.replace("scenario/1", "scenario/2")));
        assertEquals(
                "job.yaml:1:9: schema is \"dryrun/scenario/2\", but must be dryrun/scenario/1. Maybe"
                        + " dryrun/scenario/1.",
                refused.getMessage());
    }

    /// Each wrong line and each wrong part at its own place.
    @Test
    void linksAndPartsThatDoNotFitAreToldWhereTheyStand() throws Exception {
        String job = BASE.replace("fabric: fat-tree}", """
            fabric: {type: fat-tree, kind: written, links: [
                {pairs: [node 0-2 nic k - leaf k]},
                {pairs: [leaf 0 - leaf 0], bandwidth: 1 Gb/s}]}}\
            """);
        assertEquals("""
            job.yaml:4:5: cluster.fabric.links[0]: "node 0-2 nic k" must stay within 0 to 1 and rise.
            job.yaml:5:5: cluster.fabric.links[1]: "leaf 0 - leaf 0" joins leaf 0 to itself.\
            """, messageOf(write("job.yaml", job)));
        String parts = BASE.replace("fabric: fat-tree}", """
            fabric: fat-tree, degraded: [
                {device: node 2 nic 0, rate: 0.5},
                {device: node 1 nic 0, rate: 0.5},
                {link: leaf 0 - spine 99, rate: 0}]}\
            """);
        assertEquals("""
            job.yaml:4:5: cluster.degraded[0]: there is no node 2 nic 0 on the network; 2 nodes have 8 interfaces each.
            job.yaml:6:5: cluster.degraded[2]: the fabric has no leaf 0 - spine 99.\
            """, messageOf(write("job.yaml", parts)));
    }

    @Test
    void fourBitTrainingNeedsAnAcceleratorThatHasIt() throws Exception {
        String message = messageOf(write("job.yaml", BASE.replace("bf16", "fp4")));
        assertTrue(
                message.startsWith(
                        "job.yaml:4:64: training.precision is \"fp4\", but a100-sxm-80gb multiplies no such"),
                message);
        assertEquals(1, message.lines().count(), message);
        String blackwell = BASE.replace("dgx-a100-80gb", "dgx-b200").replace("bf16", "fp4");
        Scenario scenario = reader.read("job.yaml", blackwell);
        assertEquals(Scaling.NVFP4, scenario.job().training().numerics().scaling());
    }

    /// What is resolved reads as the same again.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "full",
                "{kind: full, method: block, layers: 10}",
                "{kind: full, layers: 3}",
                "{kind: full, method: every, layers: 2}",
                "{kind: selective, modules: [mlp, layernorm]}"
            })
    void recomputationOfSomeLayersOrModulesIsRead(String written) {
        Scenario scenario = reader.read("job.yaml", BASE.replace("stages: 2}", "stages: 2}, recompute: " + written));
        RecomputeChoice read = scenario.job().strategy().recompute();
        assertEquals(written.equals("full"), read.isUsual());
        Scenario again = reader.read(
                "again.json", new JsonText().value((Object) scenario.resolved()).toString());
        assertEquals(read, again.job().strategy().recompute());
    }

    @Test
    void recomputationThatCannotBeIsTold() throws Exception {
        String modules = BASE.replace("stages: 2}", "stages: 2}, recompute: {kind: selective, modules: [mlp, nlp]}");
        String message = messageOf(write("job.yaml", modules));
        assertTrue(
                message.contains("strategy.recompute.modules is \"nlp\", but must be among core-attention"), message);
        String segments =
                BASE.replace("stages: 2}", "stages: 2}, sharding: parameters, recompute: {kind: full, layers: 3}");
        message = messageOf(write("job.yaml", segments));
        assertTrue(message.startsWith("job.yaml:5:"), message);
        assertTrue(message.contains("strategy.recompute.layers is 3, but must be 1 where parameters are"), message);
    }

    @Test
    void reductionsThatCannotBeAreTold() throws Exception {
        String whole = BASE.replace("precision: bf16", "precision: bf16, reduce: last-micro-batch")
                .replace("stages: 2}", "stages: 2}, sharding: gradients");
        assertTrue(
                messageOf(write("job.yaml", whole)).contains("training.reduce is \"last-micro-batch\", but cannot be"));
        String local = BASE.replace("precision: bf16", "precision: bf16, local_steps: {steps: 20}");
        String shared = local.replace("stages: 2}", "stages: 2}, sharding: optimizer");
        String message = messageOf(write("job.yaml", shared));
        assertTrue(message.contains("training.local_steps is a block, but needs replicas that share nothing"), message);
        String alone = messageOf(write("job.yaml", local.replace("stages: 2}", "stages: 2}, data: 1")));
        assertTrue(alone.contains("but needs several replicas"), alone);
    }

    /// What is resolved reads as the same again.
    @Test
    void whatASaidTrainingIsResolvedToReadsAsTheSame() {
        String said = BASE.replace(
                "precision: bf16",
                "precision: bf16, optimizer: muon, fused_optimizer: false, master_weights: false, loss_scaling: true,"
                    + " reduce_in: fp32, local_steps: {steps: 20, outer_momentum: false}, data_loading: {time: 2 ms,"
                    + " every: micro-batch}, evaluation: {every: 100, steps: 3}");
        Scenario scenario = reader.read("job.yaml", said);
        Scenario again = reader.read(
                "again.json", new JsonText().value((Object) scenario.resolved()).toString());
        assertEquals(scenario.job().training(), again.job().training());
        assertEquals(0.002, again.job().training().interludes().loadingSeconds());
    }

    @Test
    void formatsThatDoNotGoTogetherAreTold() throws Exception {
        String scaled = BASE.replace("precision: bf16", "precision: bf16, scaling: block");
        String message = messageOf(write("job.yaml", scaled));
        assertTrue(message.contains("training.scaling is \"block\", but is a matter of fp8 and fp4"), message);
        String bare = BASE.replace("precision: bf16", "precision: fp32, master_weights: false");
        message = messageOf(write("job.yaml", bare));
        assertTrue(message.contains("training.master_weights is false, but needs weights in 16 bits"), message);
        String four = BASE.replace("dgx-a100-80gb", "dgx-b200")
                .replace("precision: bf16", "precision: fp4, scaling: delayed");
        message = messageOf(write("job.yaml", four));
        assertTrue(message.contains("training.scaling is \"delayed\", but is not a way to scale fp4"), message);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.Imported;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nodes and GPUs from every kind of launcher.
class MachinesTest {
    private static final String OPTIONS = " pretrain_gpt.py --num-layers 4 --hidden-size 64 --num-attention-heads 4"
            + " --seq-length 64 --max-position-embeddings 64 --micro-batch-size 1 --vocab-size 100";

    private static Imported launch(String script, OptionalLong gpus) {
        return Scripts.read(script.replace("\\n", "\n") + OPTIONS + "\n", Map.of(), gpus, new Problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "torchrun --nproc_per_node 8 --nnodes 4 | 4 | 32",
                "torchrun --nproc-per-node=8 --nnodes=4 | 4 | 32",
                "torchrun --nproc_per_node 8 | 1 | 8",
                "torchrun --nnodes 1:4 --nproc_per_node 8 | 4 | 32",
                "python3 -m torch.distributed.run --nproc_per_node 4 --nnodes 2 | 2 | 8",
                "python -m torch.distributed.launch --nproc_per_node 16 --nnodes 32 | 32 | 512",
                "deepspeed --num_nodes 4 --num_gpus 8 | 4 | 32",
                "srun -N4 --ntasks-per-node=8 python | 4 | 32",
                "srun -N 4 -n 32 --gpus-per-node 8 python | 4 | 32",
                "srun --nodes=2 --gres=gpu:a100:4 python | 2 | 8",
                "mpirun -np 32 -npernode 8 python | 4 | 32",
                "#SBATCH --nodes=16\\n"
                        + "#SBATCH --gres=gpu:8\\n"
                        + "torchrun --nnodes $SLURM_NNODES --nproc_per_node 8 | 16 | 128",
                "#SBATCH -N 16\\n#SBATCH --gpus-per-node=8\\nsrun python | 16 | 128",
                "#SBATCH -N 16 --ntasks-per-node=8\\nsrun python | 16 | 128",
                "#SBATCH -N 16 --ntasks-per-node=1\\nGPUS_PER_NODE=8\\nsrun torchrun --nproc_per_node $GPUS_PER_NODE |"
                        + " 16 | 128",
                "#SBATCH -N 16 # --nodes 3\\n#SBATCH --gpus-per-node=8\\nsrun python | 16 | 128",
                "NNODES=4\\nGPUS_PER_NODE=8\\n./launcher.sh | 4 | 32",
                "WORLD_SIZE=32\\nGPUS_PER_NODE=8\\npython | 4 | 32",
            })
    void nodesAndReplicas(String script, String nodes, String replicas) {
        Imported imported = launch(script, OptionalLong.empty());
        assertEquals(nodes, Scripts.value(imported, "cluster.nodes"));
        assertEquals(replicas, Scripts.value(imported, "strategy.data"));
    }

    @Test
    void whatTheUserSaysCounts() {
        assertEquals(
                "8",
                Scripts.value(launch("torchrun --nproc_per_node 8 --nnodes 4", OptionalLong.of(64)), "cluster.nodes"));
        Imported open = launch("python", OptionalLong.of(64));
        assertEquals("absent", Scripts.value(open, "cluster.nodes"));
        assertEquals("64", Scripts.value(open, "strategy.data"));
    }

    @Test
    void whatNobodyKnowsIsLeftOpenWithItsReason() {
        Imported imported = launch("torchrun --nproc_per_node 8 --nnodes $HOSTS", OptionalLong.empty());
        assertEquals(
                "$HOSTS is not set in the script; --nodes N or --gpus N",
                imported.draft().open().get("cluster.nodes"));
        assertEquals("auto", Scripts.value(imported, "strategy.data"));
    }
}

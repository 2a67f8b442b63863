// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.scenario.imports.shell.Traced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An option of a program that starts processes (`torchrun`, `srun`, `deepspeed`, `mpirun`) or of a batch system.
///
/// @param program whose option it is
/// @param word that names it
/// @param name without a value tied to it
/// @param value empty where there is none
record LauncherOption(String program, Traced word, String name, Traced value) {
    /// Options that stand for a number of machines or GPUs, by program, in the spelling of the longest name.
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("torchrun --nproc_per_node", "per-node"),
            Map.entry("torchrun --nproc-per-node", "per-node"),
            Map.entry("torchrun --nnodes", "nodes"),
            Map.entry("deepspeed --num_nodes", "nodes"),
            Map.entry("deepspeed --num_gpus", "per-node"),
            Map.entry("accelerate --num_machines", "nodes"),
            Map.entry("accelerate --num_processes", "total"),
            Map.entry("srun -N", "nodes"),
            Map.entry("srun --nodes", "nodes"),
            Map.entry("srun -n", "tasks"),
            Map.entry("srun --ntasks", "tasks"),
            Map.entry("srun --ntasks-per-node", "tasks-per-node"),
            Map.entry("srun --gpus-per-node", "per-node"),
            Map.entry("srun --gres", "per-node"),
            Map.entry("srun -G", "total"),
            Map.entry("srun --gpus", "total"),
            Map.entry("mpirun -np", "tasks"),
            Map.entry("mpirun -n", "tasks"),
            Map.entry("mpirun --np", "tasks"),
            Map.entry("mpirun -npernode", "tasks-per-node"),
            Map.entry("mpirun --npernode", "tasks-per-node"));
    private static final Map<String, String> PROGRAMS = Map.of(
            "torchrun", "torchrun",
            "torch.distributed.run", "torchrun",
            "torch.distributed.launch", "torchrun",
            "deepspeed", "deepspeed",
            "accelerate", "accelerate",
            "srun", "srun",
            "sbatch", "srun",
            "mpirun", "mpirun",
            "mpiexec", "mpirun");

    /// What the option counts: `nodes`, `per-node`, `total`, `tasks`, `tasks-per-node`; empty for other options.
    String counts() {
        return SPELLINGS.getOrDefault(program + " " + name, "");
    }

    /// The options among the words that come before the program that trains.
    static List<LauncherOption> of(List<Traced> words) {
        List<LauncherOption> options = new ArrayList<>();
        String program = "";
        for (int i = 0; i < words.size(); i++) {
            Traced word = words.get(i);
            String text = word.toString();
            String named = PROGRAMS.get(text.substring(text.lastIndexOf('/') + 1));
            if (named != null) {
                program = named;
            } else if (isInterpreter(text)) {
                program = "";
            } else if (!program.isEmpty() && text.startsWith("-") && text.length() > 1) {
                boolean last =
                        i + 1 == words.size() || isInterpreter(words.get(i + 1).toString());
                options.add(of(program, word, last ? word.substring(0, 0) : words.get(i + 1)));
            }
        }
        return options;
    }

    private static boolean isInterpreter(String word) {
        return word.substring(word.lastIndexOf('/') + 1).matches("(ba|z|da)?sh|python[0-9.]*");
    }

    /// One option, whose value is tied to it or is the next word.
    static LauncherOption of(String program, Traced word, Traced next) {
        String text = word.toString();
        int equals = word.raw().indexOf('=');
        if (equals > 0) {
            String name = word.substring(0, equals).toString();
            return new LauncherOption(program, word, name, word.substring(equals + 1, word.length()));
        }
        boolean tied = text.length() > 2 && text.charAt(1) != '-' && Character.isDigit(text.charAt(2));
        if (tied) {
            return new LauncherOption(program, word, text.substring(0, 2), word.substring(2, word.length()));
        }
        boolean takesNext = !next.isEmpty() && (next.isHoleAt(0) || next.raw().charAt(0) != '-');
        return new LauncherOption(program, word, text, takesNext ? next : word.substring(0, 0));
    }
}

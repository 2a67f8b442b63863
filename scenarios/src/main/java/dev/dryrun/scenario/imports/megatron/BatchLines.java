// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.scenario.imports.shell.ScriptText;
import dev.dryrun.scenario.imports.shell.Traced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `#SBATCH` lines of a script, which tell Slurm what to set aside, and the variables that Slurm sets from them.
final class BatchLines {
    private static final String MARK = "#SBATCH";

    private BatchLines() {}

    static List<LauncherOption> of(ScriptText script) {
        List<LauncherOption> options = new ArrayList<>();
        Traced whole = Traced.script(script.text());
        int from = 0;
        while (from < whole.length()) {
            int end = script.text().indexOf('\n', from);
            end = end < 0 ? whole.length() : end;
            if (script.text().startsWith(MARK, from)) {
                read(whole.substring(from + MARK.length(), end), options);
            }
            from = end + 1;
        }
        return options;
    }

    private static void read(Traced line, List<LauncherOption> options) {
        List<Traced> words = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i <= line.length(); i++) {
            boolean ends =
                    i == line.length() || Character.isWhitespace(line.raw().charAt(i));
            if (ends && i > begin) {
                words.add(line.substring(begin, i));
            }
            begin = ends ? i + 1 : begin;
        }
        for (int i = 0; i < words.size() && !words.get(i).raw().startsWith("#"); i++) {
            if (words.get(i).raw().startsWith("-")) {
                Traced next = i + 1 < words.size() ? words.get(i + 1) : line.substring(0, 0);
                options.add(LauncherOption.of("srun", words.get(i), next));
            }
        }
    }

    /// What Slurm would put into the environment of the script.
    static Map<String, String> environment(List<LauncherOption> lines) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (LauncherOption line : lines) {
            String value = line.value().toString();
            switch (line.counts()) {
                case "nodes" -> {
                    environment.put("SLURM_NNODES", value);
                    environment.put("SLURM_JOB_NUM_NODES", value);
                }
                case "per-node" -> environment.put("SLURM_GPUS_PER_NODE", Machines.lastNumber(value));
                case "tasks" -> environment.put("SLURM_NTASKS", value);
                case "tasks-per-node" -> environment.put("SLURM_NTASKS_PER_NODE", value);
                default -> {}
            }
        }
        String perNode = environment.get("SLURM_GPUS_PER_NODE");
        if (perNode != null) {
            environment.put("SLURM_GPUS_ON_NODE", perNode);
        }
        return environment;
    }
}

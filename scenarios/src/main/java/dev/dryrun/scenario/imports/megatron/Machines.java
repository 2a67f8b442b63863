// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.scenario.imports.shell.ShellResult;
import dev.dryrun.scenario.imports.shell.Traced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// How many nodes and GPUs a launch takes.
///
/// The first source that tells counts: what the user says; the program that starts the processes of a node
/// (`torchrun`, `deepspeed`); `srun` and `mpirun` around it; the `#SBATCH` lines; variables by their usual names.
/// Tasks of `srun` are GPUs only where nothing else starts processes.
final class Machines {
    private static final long MOST = 1L << 18;
    private static final List<String> NODES = List.of("NNODES", "NUM_NODES", "NODES", "N_NODES", "SLURM_NNODES");
    private static final List<String> PER_NODE =
            List.of("GPUS_PER_NODE", "NPROC_PER_NODE", "NUM_GPUS_PER_NODE", "NGPUS_PER_NODE", "NUM_GPUS");
    private static final List<String> TOTAL = List.of("WORLD_SIZE", "NUM_GPUS_TOTAL", "N_GPUS", "SLURM_NTASKS");

    /// A count, and where it was taken from.
    ///
    /// @param from option or variable
    record Count(long value, int at, String from) {}

    /// What an option or variable would count if it were known.
    record Unknown(String counts, String reason) {}

    private final Map<String, Count> counts = new LinkedHashMap<>();
    private final List<Unknown> unknown = new ArrayList<>();

    private Machines() {}

    static Machines of(
            Launch launch,
            List<LauncherOption> launcher,
            List<LauncherOption> batch,
            ShellResult result,
            OptionalLong gpus) {
        var machines = new Machines();
        boolean startsItself = launcher.stream()
                .anyMatch(
                        option -> List.of("torchrun", "deepspeed", "accelerate").contains(option.program()));
        List<LauncherOption> inOrder = new ArrayList<>();
        launcher.stream().filter(option -> !isAround(option)).forEach(inOrder::add);
        launcher.stream().filter(Machines::isAround).forEach(inOrder::add);
        inOrder.addAll(batch);
        inOrder.forEach(option -> machines.take(option, startsItself));
        if (startsItself && launch.call().outer().isEmpty()) {
            machines.defaultOfTorchrun(launch, launcher, batch);
        }
        machines.takeVariables("nodes", NODES, result);
        machines.takeVariables("per-node", PER_NODE, result);
        machines.takeVariables("total", TOTAL, result);
        gpus.ifPresent(machines::override);
        return machines;
    }

    private static boolean isAround(LauncherOption option) {
        return option.program().equals("srun") || option.program().equals("mpirun");
    }

    private void take(LauncherOption option, boolean startsItself) {
        String what = option.counts();
        if (what.startsWith("tasks")) {
            what = startsItself ? "" : what.equals("tasks") ? "total" : "per-node";
        }
        if (!what.isEmpty()) {
            put(what, option.value(), option.name());
        }
    }

    private void put(String what, Traced value, String from) {
        if (counts.containsKey(what)) {
            return;
        }
        if (!value.isKnown()) {
            unknown.add(new Unknown(
                    what,
                    value.holes().getFirst().source() + " "
                            + value.holes().getFirst().why()));
            return;
        }
        String number = lastNumber(value.toString());
        if (!number.isEmpty()) {
            counts.put(what, new Count(Long.parseLong(number), value.placeOr(0), from));
        }
    }

    /// `torchrun` without `--nnodes` starts processes on this node alone.
    private void defaultOfTorchrun(Launch launch, List<LauncherOption> launcher, List<LauncherOption> batch) {
        boolean torchrun = launcher.stream().anyMatch(option -> option.program().equals("torchrun"));
        boolean told = launcher.stream().anyMatch(option -> option.counts().equals("nodes"));
        if (torchrun && !told && batch.isEmpty() && counts.containsKey("per-node")) {
            counts.putIfAbsent("nodes", new Count(1, launch.program().placeOr(0), "torchrun without --nnodes"));
        }
    }

    private void takeVariables(String what, List<String> names, ShellResult result) {
        for (String name : names) {
            Traced value = result.variable(name);
            if (value != null) {
                put(what, value, name);
            }
        }
    }

    private void override(long gpus) {
        Count perNode = counts.get("per-node");
        counts.put("total", new Count(gpus, 0, "--gpus"));
        counts.remove("nodes");
        if (perNode != null && gpus % perNode.value() == 0) {
            counts.put("nodes", new Count(gpus / perNode.value(), 0, "--gpus"));
        } else if (perNode != null) {
            counts.remove("per-node");
        }
    }

    /// The number that a text such as `gpu:a100:8` or `1:4` ends in; empty where there is none that can be a count.
    static String lastNumber(String text) {
        int begin = text.length();
        while (begin > 0 && Character.isDigit(text.charAt(begin - 1))) {
            begin--;
        }
        String digits = text.substring(begin);
        boolean count = !digits.isEmpty()
                && digits.length() < 8
                && Long.parseLong(digits) > 0
                && Long.parseLong(digits) <= MOST;
        return count ? digits : "";
    }

    @Nullable
    Count nodes() {
        Count nodes = counts.get("nodes");
        Count perNode = counts.get("per-node");
        Count total = counts.get("total");
        if (nodes == null && perNode != null && total != null && total.value() % perNode.value() == 0) {
            return new Count(total.value() / perNode.value(), total.at(), total.from() + " / " + perNode.from());
        }
        return nodes;
    }

    @Nullable
    Count perNode() {
        return counts.get("per-node");
    }

    /// GPUs of all nodes; 0 where nobody knows.
    long gpus() {
        Count nodes = counts.get("nodes");
        Count perNode = counts.get("per-node");
        Count total = counts.get("total");
        if (nodes != null && perNode != null) {
            return nodes.value() * perNode.value();
        }
        return total == null ? 0 : total.value();
    }

    /// Why the number of nodes is not known.
    String whyNot() {
        StringBuilder why = new StringBuilder("the script does not say how many");
        unknown.stream()
                .filter(each -> each.counts().equals("nodes"))
                .findFirst()
                .ifPresent(each -> {
                    why.setLength(0);
                    why.append(each.reason());
                });
        long gpus = gpus();
        if (gpus > 0) {
            why.append("; ").append(gpus).append(" GPUs in all");
        }
        return why.append("; --nodes N or --gpus N").toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.symmetry;

import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.program.Transfers;
import dev.dryrun.sim.sharing.Activity;
import dev.dryrun.sim.sharing.Footprint;
import dev.dryrun.sim.sharing.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The folded form of a step: one member of each class of ranks, one group of each class of groups, one resource of
/// each class of resources.
///
/// In an equitable partition all resources of a class carry the same load. With `n` groups of a class, each using the
/// `k` resources of a class by `u_1 .. u_k`, each of the `m` resources of that class carries
///
///     usage = n * (u_1 + .. + u_k) / m
///
/// which is the footprint of the one group that stands for them. Rates, and with them all times, are those of the whole
/// step.
public final class Fold {
    private final StepPlan full;
    private final Classes groups;
    private final Classes resources;
    private final Map<Long, Activity> activities = new HashMap<>();
    private final Map<Footprint, Map<Integer, Footprint>> footprints = new HashMap<>();

    private Fold(StepPlan full, Classes groups, Classes resources) {
        this.full = full;
        this.groups = groups;
        this.resources = resources;
    }

    /// Folds a step; one without symmetry comes back with as many members as it had.
    public static StepPlan of(StepPlan full) {
        Bindings bindings = new Bindings(full);
        Refinement refined = new Refinement(full, bindings);
        Classes members = Classes.byColour(refined.memberColour);
        Classes groups = Classes.byColour(refined.groupColour);
        Classes resources = Classes.byColour(refined.resourceColour);
        Fold fold = new Fold(full, groups, resources);

        int[] programOf = new int[members.count()];
        int[] rankOf = new int[members.count()];
        long[] ranksOf = new long[members.count()];
        int[] groupOf = new int[members.count() * full.slots()];
        for (int c = 0; c < members.count(); c++) {
            int member = members.representative()[c];
            programOf[c] = full.programOf()[member];
            rankOf[c] = full.rankOf()[member];
            ranksOf[c] = members.sizes()[c] * full.ranksOf()[member];
            for (int slot = 0; slot < full.slots(); slot++) {
                int group = full.groupOf()[member * full.slots() + slot];
                groupOf[c * full.slots() + slot] = group == Program.NONE ? Program.NONE : groups.classOf()[group];
            }
        }
        double[] capacity = new double[resources.count()];
        for (int c = 0; c < capacity.length; c++) {
            capacity[c] = full.capacityPerSecond()[resources.representative()[c]];
        }
        Transfers transfers = fold::activity;
        return new StepPlan(
                full.tables(),
                full.programs(),
                programOf,
                rankOf,
                ranksOf,
                full.slots(),
                groupOf,
                fold.arrivals(bindings, members),
                capacity,
                transfers);
    }

    private int[] arrivals(Bindings bindings, Classes members) {
        int[] arrivals = new int[groups.count()];
        for (int c = 0; c < arrivals.length; c++) {
            int group = groups.representative()[c];
            Set<Integer> seats = new HashSet<>();
            for (int k = bindings.seatOffset[group]; k < bindings.seatOffset[group + 1]; k++) {
                int seat = bindings.seats[k];
                seats.add(members.classOf()[seat / full.slots()] * full.slots() + seat % full.slots());
            }
            arrivals[c] = seats.size();
        }
        return arrivals;
    }

    private Activity activity(int groupClass, int transfer) {
        return activities.computeIfAbsent((long) groupClass << 32 | transfer, key -> {
            Activity one = full.transfers().activity(groups.representative()[groupClass], transfer);
            List<Phase> phases = new ArrayList<>();
            for (Phase phase : one.phases()) {
                phases.add(new Phase(
                        phase.latencyNanos(),
                        phase.work(),
                        footprints
                                .computeIfAbsent(phase.footprint(), f -> new HashMap<>())
                                .computeIfAbsent(groupClass, g -> folded(phase.footprint(), g)),
                        phase.weight(),
                        phase.capPerSecond()));
            }
            return new Activity(phases);
        });
    }

    private Footprint folded(Footprint one, int groupClass) {
        double[] usage = new double[resources.count()];
        for (int i = 0; i < one.size(); i++) {
            usage[resources.classOf()[one.resources()[i]]] += one.usagePerUnit()[i];
        }
        int[] used = new int[one.size()];
        double[] perUnit = new double[one.size()];
        int count = 0;
        for (int c = 0; c < usage.length; c++) {
            if (usage[c] > 0) {
                used[count] = c;
                perUnit[count++] =
                        usage[c] * groups.sizes()[groupClass] / resources.sizes()[c];
            }
        }
        return new Footprint(Arrays.copyOf(used, count), Arrays.copyOf(perUnit, count));
    }
}

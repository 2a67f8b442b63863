// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.sim.program.Transfers;
import dev.dryrun.sim.sharing.Activity;
import dev.dryrun.strategy.layout.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The transfers of a step: each kind and size has a number, and with a group's GPUs it becomes an activity.
final class TransferTable implements Transfers {
    private record Transfer(CollectiveKind kind, double bytes) {}

    private final Layout layout;
    private final Collectives collectives;
    private final List<Transfer> transfers = new ArrayList<>();
    private final Map<Transfer, Integer> numbers = new HashMap<>();

    TransferTable(Layout layout, Collectives collectives) {
        this.layout = layout;
        this.collectives = collectives;
    }

    int numberOf(CollectiveKind kind, double bytes) {
        return numbers.computeIfAbsent(new Transfer(kind, bytes), transfer -> {
            transfers.add(transfer);
            return transfers.size() - 1;
        });
    }

    @Override
    public Activity activity(int group, int transfer) {
        Transfer what = transfers.get(transfer);
        return collectives.activity(what.kind(), what.bytes(), layout.gpusOf(group));
    }
}

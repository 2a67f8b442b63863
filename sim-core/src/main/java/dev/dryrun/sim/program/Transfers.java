// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.sharing.Activity;
import org.jspecify.annotations.Nullable;

/// What a transfer is for a group: the activity over the resources between its members.
public interface Transfers {
    /// @param group number of the group
    /// @param transfer number of the transfer, as a call names it
    Activity activity(int group, int transfer);

    /// The flows of a transfer that is played one by one; null where it is played as a whole.
    default @Nullable FlowPlan flows(int group, int transfer) {
        return null;
    }
}

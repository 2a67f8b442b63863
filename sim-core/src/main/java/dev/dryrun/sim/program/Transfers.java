// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import dev.dryrun.sim.sharing.Activity;

/// What a transfer is for a group: the activity over the resources between its members.
@FunctionalInterface
public interface Transfers {
    /// @param group number of the group
    /// @param transfer number of the transfer, as a call names it
    Activity activity(int group, int transfer);
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.ablate.Earned;
import dev.dryrun.validation.published.interval.RowIntervals;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.peer.PeerScore;
import java.util.List;

/// All that `validate` has to say of a table of runs.
///
/// @param board predictions beside measured runs
/// @param intervals how sure predictions say they are, and how often they are right
/// @param peers other simulators on the same rows
/// @param without what mechanisms earn
public record Judged(Scoreboard board, RowIntervals intervals, List<PeerScore> peers, List<Earned> without) {
    public Judged {
        peers = List.copyOf(peers);
        without = List.copyOf(without);
    }
}

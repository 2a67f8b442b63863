// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.peer;

import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.ScoredRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Another simulator's predictions judged, and ours on the same rows.
///
/// @param peer whose
/// @param theirs rows that it predicted and that have a measured time or ran out of memory
/// @param ours the same rows
public record PeerScore(String peer, Scoreboard theirs, Scoreboard ours) {
    /// Of every peer that predicted some of the rows.
    ///
    /// @param board our predictions; rows that we do not simulate are compared by nobody
    public static List<PeerScore> of(Scoreboard board, PeerTable table) {
        Map<String, ScoredRun> byId = new HashMap<>();
        board.runs().stream()
                .filter(ScoredRun::simulated)
                .forEach(scored -> byId.put(scored.run().id(), scored));
        var scores = new ArrayList<PeerScore>();
        for (String peer : table.peers()) {
            var theirs = new ArrayList<ScoredRun>();
            var ours = new ArrayList<ScoredRun>();
            for (PeerPrediction prediction : table.predictions()) {
                ScoredRun own = byId.get(prediction.id());
                if (own != null && prediction.peer().equals(peer)) {
                    ours.add(own);
                    theirs.add(own.predictedBy(of(prediction)));
                }
            }
            if (!ours.isEmpty()) {
                scores.add(new PeerScore(peer, Scoreboard.of(theirs), Scoreboard.of(ours)));
            }
        }
        return scores;
    }

    private static Prediction of(PeerPrediction prediction) {
        double bytes = prediction.memoryBytes().orElse(Double.NaN);
        return new Prediction(prediction.stepSeconds(), bytes, bytes, bytes, true, List.of());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.measure.Measures;
import dev.dryrun.validation.published.peer.PeerScore;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Other simulators' figures, and ours on the same rows (`peers`).
final class PeerJson {
    private PeerJson() {}

    static void write(ObjectNode root, List<PeerScore> scores) {
        if (scores.isEmpty()) {
            return;
        }
        var peers = root.putArray("peers");
        for (PeerScore score : scores) {
            ObjectNode node = peers.addObject();
            node.put("peer", score.peer());
            var families = node.putArray("families");
            List<Measures> theirs = PeerText.lines(score.theirs());
            List<Measures> ours = PeerText.lines(score.ours());
            for (int i = 0; i < theirs.size(); i++) {
                ObjectNode family = families.addObject();
                family.put("family", theirs.get(i).family());
                ScoreboardJson.measures(family.putObject("theirs"), theirs.get(i));
                ScoreboardJson.measures(family.putObject("ours"), ours.get(i));
            }
        }
    }
}

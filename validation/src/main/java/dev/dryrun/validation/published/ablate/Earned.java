// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.ablate;

import dev.dryrun.validation.published.measure.FamilyScore;
import dev.dryrun.validation.published.measure.Measures;
import dev.dryrun.validation.published.measure.Scoreboard;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// What mechanisms earn: the figures of the same rows with them and without.
///
/// @param without the mechanisms that are off
/// @param families each with its figures, in the order of the scoreboard, and all of them together last
public record Earned(Ablation without, List<Pair> families) {
    public Earned {
        families = List.copyOf(families);
    }

    /// A family's figures.
    public record Pair(Measures with, Measures without) {
        /// Points of mean error that the mechanisms take off; negative where the error is smaller without them. Absent
        /// where the family has no error.
        public OptionalDouble earnedPoints() {
            return with.mapePct().isPresent() && without.mapePct().isPresent()
                    ? OptionalDouble.of(
                            without.mapePct().getAsDouble() - with.mapePct().getAsDouble())
                    : OptionalDouble.empty();
        }
    }

    /// Compares two scoreboards of the same rows.
    public static Earned of(Ablation ablation, Scoreboard full, Scoreboard without) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < full.families().size(); i++) {
            FamilyScore one = full.families().get(i);
            pairs.add(new Pair(one.measures(), without.families().get(i).measures()));
        }
        pairs.add(new Pair(full.overall(), without.overall()));
        return new Earned(ablation, pairs);
    }
}

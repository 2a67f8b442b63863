// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import java.util.List;

/// The figures of one family.
///
/// @param measures over its rows of quality A and B; over all of them where it has none but C
/// @param apart whether all its rows are of quality C, so that it stands on a line of its own and outside `overall`
public record FamilyScore(Measures measures, boolean apart) {
    static FamilyScore of(String family, List<ScoredRun> runs) {
        List<ScoredRun> sound =
                runs.stream().filter(scored -> !scored.run().qualityC()).toList();
        int simulated = (int) runs.stream().filter(ScoredRun::simulated).count();
        boolean apart = sound.isEmpty();
        return new FamilyScore(Measures.of(family, runs.size(), simulated, apart ? runs : sound), apart);
    }
}

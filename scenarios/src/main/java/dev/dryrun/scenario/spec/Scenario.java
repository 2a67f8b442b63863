// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.strategy.job.TrainingJob;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A scenario that was read and found sound.
///
/// @param job what is simulated
/// @param assumed what the file leaves open and was filled in
/// @param notes what is allowed but worth knowing
/// @param resolved the file with everything filled in, as plain maps, lists and values; it reads as a scenario again
/// @param catalogSha256 fingerprint of the catalog it was read with
public record Scenario(
        TrainingJob job, List<String> assumed, List<String> notes, Map<String, ?> resolved, String catalogSha256) {
    public Scenario {
        assumed = List.copyOf(assumed);
        notes = List.copyOf(notes);
        resolved = Collections.unmodifiableMap(new LinkedHashMap<>(resolved));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import java.util.List;

/// What became of a row: a job, or the reason why it cannot be simulated.
public sealed interface MappedRun {
    /// What the rules supplied because the row is silent, one short phrase each.
    List<String> assumed();

    /// A row that can be simulated.
    record Simulable(JobSketch sketch, List<String> assumed) implements MappedRun {
        public Simulable {
            assumed = List.copyOf(assumed);
        }
    }

    /// A row that cannot.
    record Skipped(String reason, List<String> assumed) implements MappedRun {
        public Skipped {
            assumed = List.copyOf(assumed);
        }
    }
}

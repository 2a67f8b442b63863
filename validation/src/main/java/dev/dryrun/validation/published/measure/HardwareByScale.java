// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How far off predictions are on each generation of accelerators at each scale.
///
/// @param cells those that have rows
public record HardwareByScale(List<Cell> cells) {
    /// Rows of one generation and scale.
    ///
    /// @param measures their figures, each family counting equally
    public record Cell(AcceleratorGeneration hardware, JobScale scale, Measures measures) {}

    public HardwareByScale {
        cells = List.copyOf(cells);
    }

    /// Over rows of quality A and B.
    public static HardwareByScale of(List<ScoredRun> runs) {
        var cells = new ArrayList<Cell>();
        for (AcceleratorGeneration hardware : AcceleratorGeneration.values()) {
            for (JobScale scale : JobScale.values()) {
                List<Measures> families = RegimeScore.families(
                        runs,
                        scored -> AcceleratorGeneration.of(scored.run()) == hardware
                                && JobScale.of(scored.run()) == scale);
                if (!families.isEmpty()) {
                    String name = hardware.words() + ", " + scale.words();
                    cells.add(new Cell(hardware, scale, Measures.average(name, families)));
                }
            }
        }
        return new HardwareByScale(cells);
    }

    /// Generations with rows.
    public List<AcceleratorGeneration> hardware() {
        return cells.stream().map(Cell::hardware).distinct().toList();
    }

    public Optional<Measures> at(AcceleratorGeneration hardware, JobScale scale) {
        return cells.stream()
                .filter(cell -> cell.hardware == hardware && cell.scale == scale)
                .map(Cell::measures)
                .findFirst();
    }
}

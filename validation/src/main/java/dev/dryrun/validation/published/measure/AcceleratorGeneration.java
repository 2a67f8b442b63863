// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A vendor's generation of accelerators, by the chips that a row's hardware can name.
public enum AcceleratorGeneration {
    VOLTA("NVIDIA Volta", "V100"),
    AMPERE("NVIDIA Ampere", "A100 A800"),
    HOPPER("NVIDIA Hopper", "H100 H800 H200 GH200"),
    BLACKWELL("NVIDIA Blackwell", "B200 B300 GB200 GB300"),
    CDNA_2("AMD CDNA 2", "MI250X"),
    CDNA_3("AMD CDNA 3", "MI300X MI325X"),
    CDNA_4("AMD CDNA 4", "MI355X"),
    OTHER("others", "");

    private final String words;
    /// With a blank between them.
    private final String chips;

    AcceleratorGeneration(String words, String chips) {
        this.words = words;
        this.chips = chips;
    }

    static AcceleratorGeneration of(MeasuredRun run) {
        List<String> named =
                Arrays.asList(run.text(Column.HARDWARE).toUpperCase(Locale.ROOT).split("[^A-Z0-9]+"));
        return Arrays.stream(values())
                .filter(generation -> generation != OTHER
                        && Stream.of(generation.chips.split(" ", -1)).anyMatch(named::contains))
                .findFirst()
                .orElse(OTHER);
    }

    /// Vendor and generation.
    public String words() {
        return words;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective.tuner;

import dev.dryrun.hardware.collective.Tuner;
import java.util.List;
import java.util.Optional;

/// The releases whose choices are known.
public final class Tuners {
    public static final List<Tuner> ALL = List.of(new NcclTuner(), new RcclTuner());

    private Tuners() {}

    public static List<String> names() {
        return ALL.stream().map(Tuner::name).toList();
    }

    /// That of a library, whatever its release.
    public static Optional<Tuner> ofLibrary(String library) {
        return ALL.stream().filter(tuner -> tuner.library().equals(library)).findFirst();
    }

    public static Optional<Tuner> byName(String name) {
        return ALL.stream().filter(tuner -> tuner.name().equals(name)).findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import dev.dryrun.hardware.catalog.Problems;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// A file to be imported.
///
/// @param name of the file, as messages call it
/// @param text its content
/// @param environment variables that the file may refer to and the user has given; never those of this process
/// @param gpus number of GPUs, where the user says so and the file does not
/// @param problems where what is wrong is told
public record ImportSource(
        String name, String text, Map<String, String> environment, OptionalLong gpus, Problems problems) {
    public ImportSource {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }
}

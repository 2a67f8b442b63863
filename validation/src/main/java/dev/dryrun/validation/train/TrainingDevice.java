// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import java.util.Optional;
import java.util.regex.Pattern;

/// Names of devices that can be trained on.
public final class TrainingDevice {
    public static final String CPU = "cpu";

    private static final Pattern NAME = Pattern.compile("cpu|cuda:\\d{1,3}");

    private TrainingDevice() {}

    /// What is wrong with a name, with the remedy; empty where nothing is.
    public static Optional<String> problem(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("--device is \"" + name + "\", but must be cpu or cuda:N. Maybe cuda:0.");
    }

    /// Name of its catalog entries where the user gives none.
    public static String usualEntry(String name) {
        return name.equals(CPU) ? "this-cpu" : "this-gpu";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.scenario.io.JsonText;
import java.util.Map;
import java.util.TreeMap;

/// The head of a file of measurements: its form, the device, machine and versions. What another machine or another
/// version measured must not be added to.
///
/// @param schema such as `dryrun/device/2`
/// @param device such as `cpu`
/// @param facts of machine and versions
public record MeasuredOn(String schema, String device, Map<String, String> facts) {
    private static final String OTHER_FILE = "another --measured, or delete the file";

    public MeasuredOn {
        facts = new TreeMap<>(facts);
    }

    /// The same device of this machine, of which a trainer tells the facts.
    public static MeasuredOn of(String schema, String device, Trainer trainer) {
        return new MeasuredOn(schema, device, trainer.facts());
    }

    /// Reports what of a file's head differs.
    public void require(Entry root) {
        if (!root.text("schema").equals(schema)) {
            root.problem("schema", root.shown("schema"), "must be \"" + schema + '"', OTHER_FILE);
        }
        if (!root.text("device").equals(device)) {
            root.problem("device", root.shown("device"), "must be \"" + device + '"', OTHER_FILE);
        }
        Entry machine = root.child("machine");
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            if (!machine.text(fact.getKey(), "").equals(fact.getValue())) {
                machine.problem(
                        fact.getKey(),
                        machine.has(fact.getKey()) ? machine.shown(fact.getKey()) : "missing",
                        "must be \"" + fact.getValue() + "\", which this machine and program are",
                        OTHER_FILE);
            }
        }
    }

    /// Begins such a file.
    public JsonText begin() {
        return new JsonText()
                .beginObject()
                .field("schema", schema)
                .field("device", device)
                .field("machine", facts);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.completion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What can be written for an option or an operand.
public sealed interface Values {
    /// Nothing: the option is a flag.
    record None() implements Values {}

    /// Something that no list can hold.
    record Free() implements Values {}

    record Files() implements Values {}

    record Folders() implements Values {}

    record Words(List<String> words) implements Values {
        public Words {
            words = List.copyOf(words);
        }
    }

    /// Words that depend on the operand before, such as names of a kind that was just named.
    record WordsByOperandBefore(Map<String, List<String>> words) implements Values {
        public WordsByOperandBefore {
            words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Statement.Assignment;
import java.util.ArrayList;
import java.util.List;

/// Sets variables.
final class Assigner {
    private final Expander expander;

    Assigner(Expander expander) {
        this.expander = expander;
    }

    /// Sets what an assignment says.
    void assign(Assignment assignment) {
        ShellState state = expander.state();
        Value old = state.get(assignment.name(), assignment.at());
        List<Traced> items = new ArrayList<>();
        if (assignment.words() != null) {
            if (assignment.append() && old != null) {
                items.addAll(old.items());
                expander.spend(items.size(), assignment.at());
            }
            items.addAll(expander.fields(assignment.words()));
            state.set(assignment.name(), new Value(items, true));
            return;
        }
        Traced text = expander.text(assignment.name(), assignment.value());
        if (!assignment.index().isEmpty()) {
            if (old != null) {
                items.addAll(old.items());
            }
            items.add(text);
            state.set(assignment.name(), new Value(items, true));
            return;
        }
        if (assignment.append() && old != null) {
            expander.spend(old.first().length(), assignment.at());
            text = new Traced.Builder().append(old.first()).append(text).build();
        }
        state.set(assignment.name(), Value.of(text));
    }
}

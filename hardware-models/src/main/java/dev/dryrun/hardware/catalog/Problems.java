// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The problems found so far while input is read; the same problem counts once.
public final class Problems {
    private final Set<Problem> found = new LinkedHashSet<>();

    public void add(Problem problem) {
        found.add(problem);
    }

    public void add(Position at, String field, String found, String expected, String remedy) {
        add(new Problem(at, field, found, expected, remedy));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public int count() {
        return found.size();
    }

    /// All problems, by file, line and column; those of one place in the order they were found.
    public List<Problem> all() {
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(Problem::at));
        return List.copyOf(sorted);
    }

    /// Does nothing while there is no problem.
    ///
    /// @throws InvalidInputException with all problems
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidInputException(all());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.table;

import java.util.List;
import java.util.stream.Collectors;

/// Refusal of a table, with everything that is wrong in it.
public final class UnreadableTable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<TableProblem> problems;

    public UnreadableTable(List<TableProblem> problems) {
        super(problems.stream().map(TableProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<TableProblem> problems() {
        return problems;
    }
}

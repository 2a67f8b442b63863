// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.util.List;
import java.util.stream.Collectors;

/// Input that cannot be used, with everything that is wrong with it; its message has one line per problem.
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public InvalidInputException(List<Problem> problems) {
        this.problems = List.copyOf(problems);
    }

    @Override
    public String getMessage() {
        return problems.stream().map(Problem::message).collect(Collectors.joining("\n"));
    }

    public List<Problem> problems() {
        return problems;
    }
}

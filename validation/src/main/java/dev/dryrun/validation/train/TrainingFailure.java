// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

/// A training that could not go on, with the words of the rank that failed.
public final class TrainingFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TrainingFailure(String message) {
        super(message);
    }

    public TrainingFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

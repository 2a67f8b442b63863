// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import java.nio.file.Path;

/// Refusal of a file or folder that an option names.
final class UnusableFile extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableFile(String option, Path file, String rule) {
        super(option + " is \"" + file + "\", but " + rule + ".");
    }
}

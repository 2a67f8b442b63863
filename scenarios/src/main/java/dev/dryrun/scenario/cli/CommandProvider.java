// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

/// A command that another module adds to the command line, found by `ServiceLoader`.
public interface CommandProvider {
    /// An object annotated as a Picocli command.
    Object command();
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import org.jspecify.annotations.Nullable;

/// A person who answers.
public interface Conversation {
    /// The answer to a question; null where the person has gone.
    @Nullable
    String ask(String question);

    void tell(String line);
}

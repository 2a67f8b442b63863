// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.collective.CollectiveKind;
import java.util.Locale;
import java.util.Optional;

/// Collectives in the words of PyTorch's process groups: `_allgather_base`, `reduce_scatter_tensor_coalesced`.
final class TracedKind {
    private TracedKind() {}

    /// Empty for one without a model, as a gather to one rank.
    static Optional<CollectiveKind> of(String written) {
        String word = written.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        if (word.startsWith("allreduce")) {
            return Optional.of(CollectiveKind.ALL_REDUCE);
        } else if (word.startsWith("allgather")) {
            return Optional.of(CollectiveKind.ALL_GATHER);
        } else if (word.startsWith("reducescatter")) {
            return Optional.of(CollectiveKind.REDUCE_SCATTER);
        } else if (word.startsWith("alltoall")) {
            return Optional.of(CollectiveKind.ALL_TO_ALL);
        } else if (word.startsWith("broadcast")) {
            return Optional.of(CollectiveKind.BROADCAST);
        } else if (word.startsWith("reduce")) {
            return Optional.of(CollectiveKind.REDUCE);
        }
        return word.startsWith("send") || word.startsWith("recv")
                ? Optional.of(CollectiveKind.SEND_RECV)
                : Optional.empty();
    }
}

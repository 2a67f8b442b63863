// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.validation.trace.Lane;
import dev.dryrun.validation.trace.Span;
import dev.dryrun.validation.train.KernelTime;
import dev.dryrun.validation.train.TrainedSpan;
import java.util.ArrayList;
import java.util.List;

/// What a rank did in its quickest step: kernels one after the other, and exchanges, which overlap with them.
final class TrainedLanes {
    private TrainedLanes() {}

    static List<Lane> of(List<TrainedSpan> spans, int rank) {
        List<Span> kernels = new ArrayList<>();
        List<Span> exchanges = new ArrayList<>();
        for (TrainedSpan span : spans) {
            if (span.rank() == rank) {
                String kind = kind(span);
                (kind.endsWith("comm") ? exchanges : kernels)
                        .add(new Span(span.startSeconds(), span.endSeconds(), kind, name(span)));
            }
        }
        List<Lane> lanes = new ArrayList<>();
        lanes.add(new Lane("rank " + rank, kernels));
        if (!exchanges.isEmpty()) {
            lanes.add(new Lane("rank " + rank + " comm", exchanges));
        }
        return lanes;
    }

    private static String name(TrainedSpan span) {
        return span.pass() == KernelTime.Pass.BACKWARD ? span.name() + " backward" : span.name();
    }

    /// Kinds of time as results name them. The names of collectives end in the name of their group.
    private static String kind(TrainedSpan span) {
        String name = span.name();
        if (name.startsWith("send ") || name.startsWith("receive ") || name.endsWith(" embedding")) {
            return "pipeline_comm";
        } else if (name.endsWith(" tensor")) {
            return "tensor_comm";
        } else if (name.endsWith(" data") || name.endsWith(" world")) {
            return "data_comm";
        }
        return switch (name) {
            case "optimizer", "gradient norm", "publish" -> "optimizer";
            default -> "compute";
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A stream, and what ran on it one after the other.
public record Lane(String name, List<Span> spans) {
    public Lane {
        spans = spans.stream()
                .sorted(Comparator.comparingDouble(Span::startSeconds))
                .toList();
    }

    /// The same with neighbours of one kind joined where neither they nor the gap between them can be seen, so that a
    /// step of a hundred thousand kernels is a picture of some thousand boxes.
    ///
    /// @param visibleSeconds shortest time that can be seen
    Lane joined(double visibleSeconds) {
        List<Span> joined = new ArrayList<>();
        int kernels = 1;
        for (Span span : spans) {
            Span last = joined.isEmpty() ? null : joined.getLast();
            if (last != null
                    && last.kind().equals(span.kind())
                    && span.startSeconds() - last.endSeconds() < visibleSeconds
                    && Math.min(span.seconds(), last.seconds() / kernels) < visibleSeconds) {
                kernels++;
                joined.removeLast();
                joined.add(new Span(
                        last.startSeconds(),
                        Math.max(last.endSeconds(), span.endSeconds()),
                        span.kind(),
                        kernels + " kernels, the last " + span.name()));
            } else {
                kernels = 1;
                joined.add(span);
            }
        }
        return new Lane(name, joined);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

/// Something that lasted.
///
/// @param startSeconds after the begin of the step
/// @param kind of time, as results name it
public record Span(double startSeconds, double endSeconds, String kind, String name) {
    double seconds() {
        return endSeconds - startSeconds;
    }
}

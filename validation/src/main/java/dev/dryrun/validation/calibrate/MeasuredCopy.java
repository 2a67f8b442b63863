// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

/// A byte-bound kernel somebody timed.
///
/// @param bytes reads and writes of the tensors it must touch, each once
record MeasuredCopy(String file, String operation, double bytes, double seconds) {}

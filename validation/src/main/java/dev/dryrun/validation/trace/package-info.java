// SPDX-License-Identifier: Apache-2.0
/// Traces of the PyTorch profiler: what ran on one GPU, from when to when, by kernel, shape and collective; and how a
/// simulated step compares. The format is Kineto's Trace Event JSON (pytorch/kineto, libkineto/src/output_json.cpp).
@NullMarked
package dev.dryrun.validation.trace;

import org.jspecify.annotations.NullMarked;

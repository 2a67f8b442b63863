// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/// The elements of a bucket that this rank's optimizer updates.
///
/// @param bucket they are of
/// @param begin first of them
/// @param master their values in fp32
/// @param gradient their gradients, once all replicas' are summed
public record Owned(Bucket bucket, long begin, Tensor master, Supplier<Tensor> gradient) {}

// SPDX-License-Identifier: Apache-2.0
/// Groups of ranks that exchange tensors, over Gloo on the CPU and NCCL on GPUs.
@NullMarked
package dev.dryrun.validation.minitrainer.group;

import org.jspecify.annotations.NullMarked;

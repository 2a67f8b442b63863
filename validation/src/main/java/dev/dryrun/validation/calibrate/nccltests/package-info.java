// SPDX-License-Identifier: Apache-2.0
/// Output of nccl-tests and rccl-tests as it is: the text that they print, whatever printed between and before its
/// lines, and the JSON that newer releases write. Formats by NVIDIA/nccl-tests, src/util.cu and src/common.cu, at
/// 0fdb00a3f4 and before.
@NullMarked
package dev.dryrun.validation.calibrate.nccltests;

import org.jspecify.annotations.NullMarked;

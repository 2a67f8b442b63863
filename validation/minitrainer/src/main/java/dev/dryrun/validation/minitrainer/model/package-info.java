// SPDX-License-Identifier: Apache-2.0
/// Parts of a model: embedding, blocks, head, as one rank of a tensor group runs them.
@NullMarked
package dev.dryrun.validation.minitrainer.model;

import org.jspecify.annotations.NullMarked;

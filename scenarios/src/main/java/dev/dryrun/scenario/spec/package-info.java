// SPDX-License-Identifier: Apache-2.0
/// The scenario file: what it may say, the rules between its fields, and the training job it stands for.
@NullMarked
package dev.dryrun.scenario.spec;

import org.jspecify.annotations.NullMarked;

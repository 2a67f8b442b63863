// SPDX-License-Identifier: Apache-2.0
/// From a scenario to its result: compile, fold, execute, account. The result is a contract, `dryrun/result/1`.
@NullMarked
package dev.dryrun.scenario.simulate;

import org.jspecify.annotations.NullMarked;

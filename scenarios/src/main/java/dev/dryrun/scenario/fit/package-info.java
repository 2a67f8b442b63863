// SPDX-License-Identifier: Apache-2.0
/// Which changes of a strategy make a job fit that does not: candidates, judged by simulating them.
@NullMarked
package dev.dryrun.scenario.fit;

import org.jspecify.annotations.NullMarked;

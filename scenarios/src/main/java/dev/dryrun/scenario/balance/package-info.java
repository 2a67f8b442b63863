// SPDX-License-Identifier: Apache-2.0
/// Work spread over unequal machines: layers over stages, micro-batches over replicas, so that the slowest is as quick
/// as possible.
@NullMarked
package dev.dryrun.scenario.balance;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/// Fits of the constants that only whole runs can tell: which they are, what is known of them before any run, how each
/// run answers to them, and what is predicted for runs that took no part in a fit. See `docs/models/leave-out.md`.
@NullMarked
package dev.dryrun.validation.published.fit;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/// Pictures of networks: a page of HTML that needs nothing else.
@NullMarked
package dev.dryrun.scenario.picture;

import org.jspecify.annotations.NullMarked;

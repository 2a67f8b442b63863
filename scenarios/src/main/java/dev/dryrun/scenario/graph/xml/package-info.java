// SPDX-License-Identifier: Apache-2.0
/// XML as a tree whose elements know where they stand, read without document types and entities.
@NullMarked
package dev.dryrun.scenario.graph.xml;

import org.jspecify.annotations.NullMarked;

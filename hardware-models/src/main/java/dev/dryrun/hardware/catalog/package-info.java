// SPDX-License-Identifier: Apache-2.0
/// Reading of YAML and JSON files that keeps positions, and the catalog of data files behind every name.
///
/// A [Document][dev.dryrun.hardware.catalog.Document] is one file; its mappings are read through
/// [Entry][dev.dryrun.hardware.catalog.Entry], whose accessors report
/// [problems][dev.dryrun.hardware.catalog.Problem] with file, line and column instead of throwing, so that all
/// mistakes of a file are told at once. The [Catalog][dev.dryrun.hardware.catalog.Catalog] finds documents by kind
/// and name on the class path and in folders of the user.
@NullMarked
package dev.dryrun.hardware.catalog;

import org.jspecify.annotations.NullMarked;

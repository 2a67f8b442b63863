// SPDX-License-Identifier: Apache-2.0
/// The JSON Schema of the scenario file and of the catalog's, for editors.
///
/// It is not written by hand: [FileShape] listens to the readers while they read the catalog and a few probes, and
/// [SchemaText] writes down what they asked for. Only the descriptions are text of our own, one line for each key in
/// `descriptions.yaml`.
@NullMarked
package dev.dryrun.scenario.schema;

import org.jspecify.annotations.NullMarked;

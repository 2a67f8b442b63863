// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

/// Reads one kind of file of another program.
public interface Importer {
    /// The word for it on the command line and in a scenario's `import` block: `megatron`.
    String name();

    /// What the file is, for lists: `launch script of Megatron-LM`.
    String title();

    /// What the file says, as a draft of a scenario, with an account of each of its options. Whatever the content, this
    /// returns: what is wrong with the file is told to the source's problems, with its place.
    Imported read(ImportSource source);
}

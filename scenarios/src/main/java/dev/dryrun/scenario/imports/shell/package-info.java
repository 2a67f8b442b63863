// SPDX-License-Identifier: Apache-2.0
/// Reads launch scripts of bash without running anything: which commands a script would start, with which words, and
/// where each word was written.
///
/// [ShellScript][dev.dryrun.scenario.imports.shell.ShellScript] parses a script into statements and follows them with
/// the variables that are known. What only a running machine could tell (`$(hostname)`, variables that nobody set) is
/// a hole in the text that remembers what stands there; it is never guessed. Every character of every word keeps the
/// place where it was written, through variables, arrays and `bash -c`. Followed statements, loops and the length of
/// values are bounded, so every script ends.
@NullMarked
package dev.dryrun.scenario.imports.shell;

import org.jspecify.annotations.NullMarked;

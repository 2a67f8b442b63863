// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/// A small job as a scenario file, which is there for as long as something is done with it.
public final class JobFile {
    private JobFile() {}

    /// @param entry name of the node and of the stack in the catalog
    public static <T> T with(SmallJob job, String entry, Function<Path, T> use) {
        return with(job, entry, entry, use);
    }

    static <T> T with(SmallJob job, String node, String stack, Function<Path, T> use) {
        try {
            Path file = Files.createTempFile("dryrun-", ".yaml");
            try {
                Files.writeString(file, job.scenario(node, stack));
                return use.apply(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

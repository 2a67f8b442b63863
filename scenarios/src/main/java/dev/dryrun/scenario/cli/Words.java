// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.scenario.schema.FileSchema;
import dev.dryrun.strategy.estimate.TrainingFormat;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// Words that a shell offers for an option or operand that is read as text.
abstract class Words implements Iterable<String> {
    private final List<String> words;

    private Words(List<String> words) {
        this.words = words;
    }

    @Override
    public Iterator<String> iterator() {
        return words.iterator();
    }

    private static List<String> of(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Entry::kebab).toList();
    }

    static final class Precisions extends Words {
        Precisions() {
            super(of(Precision.values()));
        }
    }

    static final class Formats extends Words {
        Formats() {
            super(of(TrainingFormat.values()));
        }
    }

    static final class Optimizers extends Words {
        Optimizers() {
            super(of(Optimizer.values()));
        }
    }

    static final class Attentions extends Words {
        Attentions() {
            super(of(Stack.Attention.values()));
        }
    }

    static final class Levels extends Words {
        Levels() {
            super(of(Recompute.values()));
        }
    }

    static final class FileKinds extends Words {
        FileKinds() {
            super(FileSchema.kinds());
        }
    }
}

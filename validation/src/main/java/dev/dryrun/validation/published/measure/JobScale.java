// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.Arrays;

/// How many GPUs a job has, in steps of eight.
public enum JobScale {
    NODE(8, "1 to 8 GPUs"),
    RACKS(64, "9 to 64 GPUs"),
    HALL(512, "65 to 512 GPUs"),
    CLUSTER(Long.MAX_VALUE, "513 GPUs and more");

    private final long most;
    private final String words;

    JobScale(long most, String words) {
        this.most = most;
        this.words = words;
    }

    static JobScale of(MeasuredRun run) {
        long gpus = run.count(Column.N_GPUS).orElseThrow();
        return Arrays.stream(values())
                .filter(scale -> gpus <= scale.most)
                .findFirst()
                .orElseThrow();
    }

    /// The range.
    public String words() {
        return words;
    }
}

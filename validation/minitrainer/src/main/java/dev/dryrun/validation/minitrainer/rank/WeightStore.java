// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.rank;

import dev.dryrun.validation.minitrainer.weights.Bucket;
import dev.dryrun.validation.minitrainer.weights.Buckets;
import dev.dryrun.validation.minitrainer.weights.Unit;
import dev.dryrun.validation.minitrainer.weights.WeightShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the weights of a rank go while its model is built.
final class WeightStore {
    private final Buckets buckets;
    private final int tableUses;
    private final boolean tableApart;
    private @Nullable Unit table;

    /// @param tableUses how often a pass goes through the table of words on this rank
    /// @param tableApart whether another stage has the table, too
    WeightStore(Buckets buckets, int tableUses, boolean tableApart) {
        this.buckets = buckets;
        this.tableUses = tableUses;
        this.tableApart = tableApart;
    }

    /// A unit behind those before it.
    Unit unit(List<WeightShape> shapes) {
        return buckets.add(shapes, 1);
    }

    /// The table of words, the same unit for the embedding and a head that is tied to it.
    Unit table(List<WeightShape> shapes) {
        if (table == null) {
            if (tableApart) {
                buckets.endBucket();
            }
            table = buckets.add(shapes, tableUses);
            if (tableApart) {
                buckets.endBucket();
            }
        }
        return table;
    }

    /// What comes next is exchanged by itself.
    void endBucket() {
        buckets.endBucket();
    }

    /// The bucket that another stage has, too; null where there is none.
    @Nullable
    Bucket sharedTable() {
        return tableApart && table != null ? table.bucket() : null;
    }
}

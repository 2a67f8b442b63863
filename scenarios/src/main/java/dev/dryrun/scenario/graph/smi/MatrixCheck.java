// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.smi;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.scenario.graph.GraphSource;
import java.util.List;

/// Whether a matrix holds words that are known, the same both ways, and itself on its diagonal only.
final class MatrixCheck {
    private final GraphSource source;
    private final Matrix matrix;
    private final List<String> known;
    private final String self;

    /// @param known words, for people
    /// @param self word of the diagonal
    MatrixCheck(GraphSource source, Matrix matrix, List<String> known, String self) {
        this.source = source;
        this.matrix = matrix;
        this.known = known;
        this.self = self;
    }

    boolean isSound() {
        int before = source.problems().count();
        for (int a = 0; a < matrix.devices().size(); a++) {
            for (int b = 0; b < matrix.devices().size(); b++) {
                check(a, b);
            }
        }
        return source.problems().count() == before;
    }

    /// Whether what hangs on the PCIe switches of another device is not told to be further from there than these: two
    /// below one switch cannot have a processor between them.
    boolean isTree() {
        int before = source.problems().count();
        int size = matrix.devices().size();
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                int over = isFar(a, b) ? sharedWith(a, b) : -1;
                if (over >= 0) {
                    source.wrong(
                            matrix.rows().get(a).words().get(b).at(),
                            matrix.devices().get(a) + " to " + matrix.devices().get(b),
                            "\"" + matrix.word(a, b) + "\"",
                            "both hang on PCIe switches of " + matrix.devices().get(over) + " (PIX or PXB), and so must"
                                    + " they to each other",
                            "");
                }
            }
        }
        return source.problems().count() == before;
    }

    private boolean isFar(int a, int b) {
        return PathClass.of(matrix.word(a, b))
                .filter(path -> path.compareTo(PathClass.PXB) > 0)
                .isPresent();
    }

    private boolean isNear(int a, int b) {
        return PathClass.of(matrix.word(a, b))
                .filter(path -> path.compareTo(PathClass.PXB) <= 0)
                .isPresent();
    }

    private int sharedWith(int a, int b) {
        for (int over = 0; over < matrix.devices().size(); over++) {
            if (isNear(a, over) && isNear(b, over)) {
                return over;
            }
        }
        return -1;
    }

    private void check(int a, int b) {
        String word = matrix.word(a, b);
        Position at = matrix.rows().get(a).words().get(b).at();
        String field = matrix.devices().get(a) + " to " + matrix.devices().get(b);
        if (word.matches("NV0+")) {
            source.wrong(at, field, "\"" + word + "\"", "must be at least one link", "");
        } else if (!isKnown(word)) {
            source.wrong(at, field, "\"" + word + "\"", "must be one of " + String.join(", ", known), "");
        } else if (word.equals(self) != (a == b)) {
            source.wrong(at, field, "\"" + word + "\"", self + " must stand on the diagonal, and there only", "");
        } else if (a > b && isKnown(matrix.word(b, a)) && !matrix.word(b, a).equals(word)) {
            source.wrong(at, field, "\"" + word + "\"", "the other way it is " + matrix.word(b, a), "");
        }
    }

    private boolean isKnown(String word) {
        return word.equals(self)
                || word.matches("NV\\d{1,3}")
                || known.contains(word)
                || (PathClass.of(word).isPresent() && known.contains("PIX"));
    }
}

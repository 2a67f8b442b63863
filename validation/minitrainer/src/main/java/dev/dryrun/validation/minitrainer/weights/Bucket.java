// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import static org.bytedeco.pytorch.global.torch.zeros;

import dev.dryrun.validation.minitrainer.tape.Native;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// A flat piece of weights, and one of their gradients, which replicas exchange as a whole.
public final class Bucket {
    private final List<Unit> units = new ArrayList<>();
    private final Formats formats;
    private final boolean shared;
    private long elements;
    private int passed;
    private @Nullable Tensor weights;
    private @Nullable Tensor gradients;

    /// @param shared whether replicas each keep a share of the weights only
    Bucket(Formats formats, boolean shared) {
        this.formats = formats;
        this.shared = shared;
    }

    /// Adds a unit behind the others.
    Unit add(List<WeightShape> shapes, int ranks, int uses) {
        Unit unit = new Unit(this, uses);
        for (WeightShape shape : shapes) {
            unit.add(shape, elements, ranks);
            elements += shape.elements(ranks);
        }
        units.add(unit);
        return unit;
    }

    /// Fills up to a multiple, so that it can be shared out evenly.
    void padTo(int multiple) {
        elements = Math.ceilDiv(elements, multiple) * multiple;
    }

    /// Notes that a backward pass went through one use of one unit, and tells whether it has been through all of them.
    boolean pass() {
        passed++;
        if (passed < units.stream().mapToInt(Unit::uses).sum()) {
            return false;
        }
        passed = 0;
        return true;
    }

    boolean hasWeights() {
        return weights != null;
    }

    public List<Unit> units() {
        return units;
    }

    public long elements() {
        return elements;
    }

    public Formats formats() {
        return formats;
    }

    public boolean isShared() {
        return shared;
    }

    /// The weights as they are multiplied.
    public Tensor weights() {
        if (weights == null) {
            throw new IllegalStateException("the weights of " + names() + " are not here");
        }
        return weights;
    }

    /// Takes over weights, or lets them go.
    void setWeights(@Nullable Tensor flat) {
        Native.free(weights);
        weights = flat;
    }

    /// The gradients; zeros where none were added yet.
    public Tensor gradients() {
        if (gradients == null) {
            try (PointerScope scope = Native.scope()) {
                gradients = Native.keep(zeros(new long[] {elements}, formats.gradients()));
            }
        }
        return gradients;
    }

    void freeGradients() {
        Native.free(gradients);
        gradients = null;
    }

    void clearGradients() {
        if (gradients != null) {
            gradients.zero_();
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        units.forEach(unit -> unit.placed().forEach(placed -> names.add(placed.name())));
        return names;
    }
}

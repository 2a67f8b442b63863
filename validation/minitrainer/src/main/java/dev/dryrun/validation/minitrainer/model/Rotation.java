// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.tensor;

import dev.dryrun.validation.minitrainer.tape.Native;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Rotary positions: elements i and i + d/2 of a head are turned by the angle p 10000^(-2i/d) at position p.
/// Source: Su et al., 2021, arXiv:2104.09864, section 3.2.2.
public final class Rotation {
    private static final double BASE = 10_000;

    private final Tensor cosines;
    private final Tensor sines;

    public Rotation(long sequence, long dimension, Device device, ScalarType format) {
        int half = Math.toIntExact(dimension / 2);
        float[] cos = new float[Math.toIntExact(sequence) * half];
        float[] sin = new float[cos.length];
        for (int place = 0; place < cos.length; place++) {
            int position = place / half;
            double angle = position * Math.pow(BASE, -2.0 * (place % half) / dimension);
            cos[place] = (float) Math.cos(angle);
            sin[place] = (float) Math.sin(angle);
        }
        try (PointerScope scope = Native.scope()) {
            cosines = Native.keep(tensor(cos).view(sequence, 1, 1, half).to(device, format));
            sines = Native.keep(tensor(sin).view(sequence, 1, 1, half).to(device, format));
        }
    }

    /// Queries and keys rotated, values as they are.
    Tensor of(Tensor joint, Heads heads) {
        long turned = heads.queries() + heads.keys();
        long width = turned * heads.dimension();
        long half = heads.dimension() / 2;
        Tensor both = joint.narrow(2, 0, width).view(joint.size(0), joint.size(1), turned, heads.dimension());
        Tensor left = both.narrow(3, 0, half);
        Tensor right = both.narrow(3, half, half);
        Tensor rotated = cat(
                new TensorVector(
                        left.mul(cosines).sub(right.mul(sines)),
                        right.mul(cosines).add(left.mul(sines))),
                3);
        Tensor values = joint.narrow(2, width, heads.keyWidth());
        return cat(new TensorVector(rotated.view(joint.size(0), joint.size(1), width), values), 2);
    }
}

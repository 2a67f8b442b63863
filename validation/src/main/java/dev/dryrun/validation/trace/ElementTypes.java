// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import dev.dryrun.hardware.accelerator.Precision;
import java.util.Locale;
import java.util.Optional;

/// Types of elements in the words of PyTorch: `c10::BFloat16` beside an operator, `BFloat16` beside a collective.
final class ElementTypes {
    private ElementTypes() {}

    /// The format of a matrix product of such operands; empty where it is none.
    static Optional<Precision> precision(String type) {
        return switch (bare(type)) {
            case "bfloat16" -> Optional.of(Precision.BF16);
            case "half", "float16" -> Optional.of(Precision.FP16);
            case "float", "float32" -> Optional.of(Precision.FP32);
            case "float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz" -> Optional.of(Precision.FP8);
            default -> Optional.empty();
        };
    }

    /// Bytes of an element; 4 where the type is not known.
    static int bytes(String type) {
        return switch (bare(type)) {
            case "bfloat16", "half", "float16", "short" -> 2;
            case "byte", "char", "bool", "uint8", "int8" -> 1;
            case "double", "long", "int64" -> 8;
            default -> bare(type).startsWith("float8") ? 1 : 4;
        };
    }

    private static String bare(String type) {
        return type.toLowerCase(Locale.ROOT).replaceFirst("^(c10|at|torch)(::|[.])", "");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.util.List;

/// A call of an operator on the host, as the profiler records it with shapes.
///
/// @param name such as `aten::mm`
/// @param shapes of its tensor inputs; empty for an input that is none
/// @param types of its inputs, such as `c10::BFloat16`
/// @param values of its inputs that are no tensors, where the profiler wrote them; empty otherwise
public record OpCall(String name, List<List<Long>> shapes, List<String> types, List<String> values) {
    public OpCall {
        shapes = shapes.stream().map(List::copyOf).toList();
        types = List.copyOf(types);
        values = List.copyOf(values);
    }

    /// The shape of an input; empty where it has none.
    List<Long> shape(int input) {
        return input < shapes.size() ? shapes.get(input) : List.of();
    }

    String type(int input) {
        return input < types.size() ? types.get(input) : "";
    }

    String value(int input) {
        return input < values.size() ? values.get(input) : "";
    }
}

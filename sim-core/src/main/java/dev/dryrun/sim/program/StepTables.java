// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// What the programs of a step have in common: blocks, calls, names and categories, each kept once and referred to by
/// number.
public final class StepTables {
    private final Categories categories;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<Object, Integer> numbers = new HashMap<>();
    /// What has been asked for before, by identity: comparing blocks costs more than writing an instruction.
    private final IdentityHashMap<Object, Integer> known = new IdentityHashMap<>();

    public StepTables(Categories categories) {
        this.categories = categories;
    }

    public ProgramBuilder program(int streams) {
        return new ProgramBuilder(this, streams);
    }

    public Categories categories() {
        return categories;
    }

    public Block block(int number) {
        return blocks.get(number);
    }

    public int blockCount() {
        return blocks.size();
    }

    public Call call(int number) {
        return calls.get(number);
    }

    public int callCount() {
        return calls.size();
    }

    public String name(int number) {
        return names.get(number);
    }

    int numberOf(Block block) {
        return number(block, blocks);
    }

    int numberOf(Call call) {
        return number(call, calls);
    }

    int numberOf(String name) {
        return number(name, names);
    }

    private <T> int number(T item, List<T> items) {
        Integer before = known.get(item);
        if (before != null) {
            return before;
        }
        Integer equal = numbers.get(item);
        int number = equal == null ? items.size() : equal;
        if (equal == null) {
            items.add(item);
            numbers.put(item, number);
        }
        known.put(item, number);
        return number;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.symmetry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// A partition of items by colour; classes are numbered by their first item.
///
/// @param classOf class of each item
/// @param representative first item of each class
/// @param sizes items of each class
record Classes(int[] classOf, int[] representative, int[] sizes) {
    static Classes byColour(long[] colours) {
        Map<Long, Integer> numbers = new HashMap<>();
        int[] classOf = new int[colours.length];
        int[] representative = new int[16];
        int[] sizes = new int[16];
        for (int i = 0; i < colours.length; i++) {
            Integer known = numbers.get(colours[i]);
            int number = known == null ? numbers.size() : known;
            if (known == null) {
                numbers.put(colours[i], number);
                if (number == sizes.length) {
                    representative = Arrays.copyOf(representative, 2 * number);
                    sizes = Arrays.copyOf(sizes, 2 * number);
                }
                representative[number] = i;
            }
            classOf[i] = number;
            sizes[number]++;
        }
        return new Classes(
                classOf, Arrays.copyOf(representative, numbers.size()), Arrays.copyOf(sizes, numbers.size()));
    }

    int count() {
        return sizes.length;
    }
}

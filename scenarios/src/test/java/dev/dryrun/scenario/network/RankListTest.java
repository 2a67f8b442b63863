// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankListTest {
    @Test
    void rangesStridesAndLists() {
        assertArrayEquals(new int[] {0, 1, 2, 3}, RankList.read("all", 4));
        assertArrayEquals(new int[] {4, 5, 6}, RankList.read("4-6", 8));
        assertArrayEquals(new int[] {0, 8, 16, 24}, RankList.read("0-31:8", 32));
        assertArrayEquals(new int[] {7, 0, 2, 3}, RankList.read("7, 0, 2-3", 8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,0 | rank 0 is there twice",
                "0-3,2 | rank 2 is there twice",
                "8 | within ranks 0 to 7",
                "3-1 | must rise",
                "0-7:0 | in steps of 1",
                "x | is no rank",
                "0,,1 | is no rank",
                "-1 | is no rank"
            })
    void whatIsWrongIsSaid(String written, String said) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> RankList.read(written, 8));
        assertTrue(String.valueOf(thrown.getMessage()).contains(said), thrown.getMessage());
    }
}

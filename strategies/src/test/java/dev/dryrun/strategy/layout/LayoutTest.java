// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.program.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    /// The groups of 16 GPUs with tensor 2 and 4 stages that the documentation of Megatron-Core's
    /// `initialize_model_parallel` prints.
    @Test
    void groupsOfSixteenGpusAreThoseOfMegatron() {
        Layout layout = layout(RankGrid.of(2, 4, 2));
        assertEquals("[0, 1] [2, 3] [4, 5] [6, 7] [8, 9] [10, 11] [12, 13] [14, 15]", groups(layout, Layout.TENSOR));
        assertEquals("[0, 2] [1, 3] [4, 6] [5, 7] [8, 10] [9, 11] [12, 14] [13, 15]", groups(layout, Layout.DATA));
        for (int first = 0; first < 4; first++) {
            for (int stage = 0; stage < 3; stage++) {
                int rank = first + 4 * stage;
                assertArrayEquals(new int[] {rank, rank + 4}, layout.gpusOf(layout.groupOf(rank, Layout.SEND_FORWARD)));
            }
        }
    }

    /// 8 GPUs with tensor 4 and context 2, printed there as well.
    @Test
    void contextGroupsAreThoseOfMegatron() {
        Layout layout = layout(RankGrid.of(4, 1, 1).withContext(2));
        assertEquals("[0, 4] [1, 5] [2, 6] [3, 7]", groups(layout, Layout.CONTEXT));
        assertEquals(groups(layout, Layout.CONTEXT), groups(layout, Layout.DATA));
    }

    /// Two examples in the documentation of its `generate_masked_orthogonal_rank_groups`: tensor 2, data 3 and 4 stages
    /// in the usual order, and 2 of each with stages before replicas.
    @Test
    void dataGroupsInTwoOrdersAreThoseOfMegatron() {
        String usual = groups(layout(RankGrid.of(2, 4, 3)), Layout.DATA);
        assertTrue(usual.startsWith("[0, 2, 4] [1, 3, 5] ") && usual.endsWith(" [19, 21, 23]"), usual);
        RankGrid grid = RankGrid.of(2, 2, 2)
                .inOrder(List.of(
                        Dimension.TENSOR, Dimension.CONTEXT, Dimension.EXPERT, Dimension.PIPELINE, Dimension.DATA));
        assertEquals("[0, 4] [1, 5] [2, 6] [3, 7]", groups(layout(grid), Layout.DATA));
    }

    /// Experts by the rule of its `RankGenerator`, worked out by hand for 8 GPUs with tensor 2: the experts' tensor
    /// group is fastest, then experts, then what is left.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | 2 | [0, 2] [1, 3] [4, 6] [5, 7] | [0, 1] [2, 3] [4, 5] [6, 7] | [0, 4] [1, 5] [2, 6] [3, 7]",
                "4 | 1 | [0, 1, 2, 3] [4, 5, 6, 7]   |                             | [0, 4] [1, 5] [2, 6] [3, 7]",
                "4 | 2 | [0, 2, 4, 6] [1, 3, 5, 7]   | [0, 1] [2, 3] [4, 5] [6, 7] |",
                "1 | 4 |                             | [0, 1, 2, 3] [4, 5, 6, 7]   | [0, 4] [1, 5] [2, 6] [3, 7]"
            })
    void expertsLieByTheRuleOfMegatron(int expert, int each, String ofExperts, String ofTensor, String ofData) {
        Layout layout = layout(RankGrid.of(2, 1, 4).withExperts(expert, each));
        assertEquals(ofExperts == null ? "" : ofExperts, groups(layout, Layout.EXPERT));
        assertEquals(ofTensor == null ? "" : ofTensor, groups(layout, Layout.EXPERT_TENSOR));
        assertEquals(ofData == null ? "" : ofData, groups(layout, Layout.EXPERT_DATA));
    }

    /// Without experts apart, those of the dense weights serve.
    @Test
    void wholeExpertsMeetInTheGroupsOfOtherWeights() {
        Layout layout = layout(RankGrid.of(2, 2, 4));
        assertEquals(Layout.TENSOR, layout.expertTensorSlot());
        assertEquals(Layout.DATA, layout.expertDataSlot());
        assertEquals("", groups(layout, Layout.EXPERT_DATA));
    }

    /// A slot's groups are the ranks that agree in all places but those along its dimensions: each rank is in one
    /// group, which holds it, and is of the size of those dimensions.
    @RepeatedTest(200)
    void groupsAreTheRanksThatDifferAlongTheirDimensions(RepetitionInfo repetition) {
        RankGrid grid = Grids.random(new SplittableRandom(repetition.getCurrentRepetition()));
        Layout layout = layout(grid);
        int[][] places = Grids.places(grid);
        check(layout, Layout.TENSOR, places, grid.tensor(), Dimension.TENSOR);
        check(layout, Layout.DATA, places, grid.copies(), Dimension.CONTEXT, Dimension.DATA);
        check(layout, Layout.CONTEXT, places, grid.context(), Dimension.CONTEXT);
        if (!grid.placesExpertsApart()) {
            return;
        }
        int[][] ofExperts = Grids.placesOfExperts(grid);
        check(layout, Layout.EXPERT, ofExperts, grid.expert(), Dimension.EXPERT);
        check(layout, layout.expertTensorSlot(), ofExperts, grid.expertTensor(), Dimension.TENSOR);
        check(layout, layout.expertDataSlot(), ofExperts, grid.expertData(), Dimension.DATA);
    }

    private static void check(Layout layout, int slot, int[][] places, int size, Dimension... along) {
        for (int rank = 0; rank < layout.ranks(); rank++) {
            int group = layout.groupOf(rank, slot);
            if (group == Program.NONE) {
                assertEquals(1, size);
                continue;
            }
            int[] members = layout.gpusOf(group);
            assertEquals(size, members.length);
            int own = rank;
            assertTrue(IntStream.of(members).anyMatch(member -> member == own));
            for (int i = 0; i < members.length; i++) {
                assertTrue(i == 0 || members[i - 1] < members[i], "members stand in the order of ranks");
                assertEquals(group, layout.groupOf(members[i], slot));
                for (Dimension dimension : Dimension.values()) {
                    if (!List.of(along).contains(dimension)) {
                        int digit = dimension.ordinal();
                        assertEquals(places[rank][digit], places[members[i]][digit]);
                    }
                }
            }
        }
    }

    /// Each group is that of the ranks that name it, each in one slot, or two for messages.
    @RepeatedTest(100)
    void groupsOfAllSlotsAreCountedInOneRow(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(1000 + repetition.getCurrentRepetition());
        RankGrid grid = Grids.random(random);
        int shards = grid.copies();
        while (grid.copies() > 1 && (shards == grid.copies() || grid.copies() % shards != 0)) {
            shards = random.nextInt(1, grid.copies() + 1);
        }
        Layout.Messages messages = Layout.Messages.values()[random.nextInt(3)];
        Layout layout = new Layout(grid, messages, random.nextBoolean(), shards);
        List<TreeSet<Integer>> named = new ArrayList<>();
        for (int group = 0; group < layout.groups(); group++) {
            named.add(new TreeSet<>());
        }
        for (int rank = 0; rank < layout.ranks(); rank++) {
            for (int slot = 0; slot < Layout.SLOTS; slot++) {
                int group = layout.groupOf(rank, slot);
                if (group != Program.NONE) {
                    named.get(group).add(rank);
                }
            }
        }
        for (int group = 0; group < layout.groups(); group++) {
            int[] members = layout.gpusOf(group);
            assertArrayEquals(
                    Arrays.stream(members).sorted().toArray(),
                    named.get(group).stream().mapToInt(Integer::intValue).toArray(),
                    grid + " group " + group);
        }
    }

    /// Another order of the dimensions gives the same groups to ranks of other numbers.
    @RepeatedTest(50)
    void anotherOrderRelabelsRanks(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(2000 + repetition.getCurrentRepetition());
        RankGrid grid = RankGrid.of(random.nextInt(1, 5), random.nextInt(2, 5), random.nextInt(1, 5))
                .withContext(random.nextInt(1, 4));
        RankGrid other = grid.inOrder(Grids.inRandomOrder(random, RankGrid.USUAL));
        Layout layout = layout(grid);
        Layout relabelled = layout(other);
        int[][] places = Grids.places(grid);
        List<String> placesOfOther =
                Arrays.stream(Grids.places(other)).map(Arrays::toString).toList();
        int[] label = Arrays.stream(places)
                .mapToInt(place -> placesOfOther.indexOf(Arrays.toString(place)))
                .toArray();
        for (int rank = 0; rank < layout.ranks(); rank++) {
            assertEquals(layout.stageOf(rank), relabelled.stageOf(label[rank]));
            for (int slot = 0; slot <= Layout.CONTEXT; slot++) {
                int group = layout.groupOf(rank, slot);
                int counterpart = relabelled.groupOf(label[rank], slot);
                assertEquals(group == Program.NONE, counterpart == Program.NONE);
                if (group != Program.NONE) {
                    int[] expected = IntStream.of(layout.gpusOf(group))
                            .map(member -> label[member])
                            .sorted()
                            .toArray();
                    assertArrayEquals(
                            expected,
                            IntStream.of(relabelled.gpusOf(counterpart))
                                    .sorted()
                                    .toArray());
                }
            }
        }
    }

    /// What a rank sends, its counterpart of the next or the previous stage receives.
    @RepeatedTest(50)
    void messagesGoToTheCounterpartOfTheNextStage(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(3000 + repetition.getCurrentRepetition());
        RankGrid grid = Grids.random(random);
        Layout layout = new Layout(grid, Layout.Messages.DOWN_AND_UP, true, grid.copies());
        int[][] places = Grids.places(grid);
        int pipeline = Dimension.PIPELINE.ordinal();
        int[][] ways = {
            {Layout.SEND_FORWARD, Layout.RECEIVE_FORWARD, 1},
            {Layout.SEND_BACKWARD, Layout.RECEIVE_BACKWARD, -1},
            {Layout.SEND_FORWARD_UP, Layout.RECEIVE_FORWARD_UP, -1},
            {Layout.SEND_BACKWARD_UP, Layout.RECEIVE_BACKWARD_UP, 1}
        };
        for (int rank = 0; rank < layout.ranks(); rank++) {
            for (int[] way : ways) {
                int group = layout.groupOf(rank, way[0]);
                int to = layout.stageOf(rank) + way[2];
                assertEquals(to < 0 || to >= grid.stages(), group == Program.NONE);
                if (group != Program.NONE) {
                    int[] pair = layout.gpusOf(group);
                    assertEquals(rank, pair[0]);
                    assertEquals(group, layout.groupOf(pair[1], way[1]));
                    int[] expected = places[rank].clone();
                    expected[pipeline] = to;
                    assertArrayEquals(expected, places[pair[1]]);
                }
            }
        }
    }

    @Test
    void firstRankOfAStageIsTheLeastOne() {
        for (List<Dimension> order : List.of(RankGrid.USUAL, RankGrid.USUAL.reversed())) {
            Layout layout = layout(RankGrid.of(2, 3, 4).inOrder(order));
            for (int stage = 0; stage < 3; stage++) {
                int of = stage;
                assertEquals(
                        IntStream.range(0, layout.ranks())
                                .filter(rank -> layout.stageOf(rank) == of)
                                .findFirst()
                                .orElseThrow(),
                        layout.firstRankOf(stage));
            }
        }
    }

    private static Layout layout(RankGrid grid) {
        return new Layout(grid, Layout.Messages.DOWN, true, grid.copies());
    }

    /// The groups of a slot in their order; empty where ranks have none.
    private static String groups(Layout layout, int slot) {
        TreeSet<Integer> groups = new TreeSet<>();
        for (int rank = 0; rank < layout.ranks(); rank++) {
            groups.add(layout.groupOf(rank, slot));
        }
        groups.remove(Program.NONE);
        return String.join(
                " ",
                groups.stream()
                        .map(group -> Arrays.toString(layout.gpusOf(group)))
                        .toList());
    }
}

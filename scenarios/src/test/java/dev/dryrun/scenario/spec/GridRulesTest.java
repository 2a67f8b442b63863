// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.strategy.layout.Dimension;
import dev.dryrun.strategy.layout.RankGrid;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridRulesTest {
    private static final String DENSE = """
        model: gpt3-1.3b
        cluster: {node: dgx-a100-80gb, nodes: 2, fabric: fat-tree}
        training: {sequence_length: 1026, global_batch: 32, precision: bf16}
        stack: megatron-2022
        site: selene
        strategy: {tensor: 2, pipeline: {stages: 2}, %s}
        """;
    private static final String EXPERTS =
            DENSE.replace("gpt3-1.3b", "mixtral-8x7b").replace("1026", "1024");

    private final ScenarioReader reader = new ScenarioReader(new Catalog(List.of()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tensor, pipeline, data                    | TENSOR, CONTEXT, PIPELINE, EXPERT, DATA",
                "pipeline, data, tensor                    | PIPELINE, EXPERT, DATA, TENSOR, CONTEXT",
                "expert, data, context, tensor, pipeline   | EXPERT, DATA, CONTEXT, TENSOR, PIPELINE",
                "tensor, context, data, pipeline           | TENSOR, CONTEXT, EXPERT, DATA, PIPELINE"
            })
    void whatIsLeftOutOfTheOrderHasItsPlace(String written, String meant) {
        Scenario scenario = reader.read("job.yaml", DENSE.formatted("order: [" + written + "]"));
        RankGrid grid = scenario.job().strategy().grid();
        List<Dimension> expected =
                List.of(meant.split(", ")).stream().map(Dimension::valueOf).toList();
        assertEquals(expected, grid.order());
        Scenario again = reader.read(
                "job.json", new JsonText().value((Object) scenario.resolved()).toString());
        assertEquals(grid, again.job().strategy().grid());
    }

    @Test
    void theUsualOrderIsNotSpelledOut() {
        Scenario scenario = reader.read("job.yaml", DENSE.formatted(""));
        assertEquals(RankGrid.of(2, 2, 4), scenario.job().strategy().grid());
        assertFalse(((Map<?, ?>) scenario.resolved().get("strategy")).containsKey("order"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order: [tensor, data]              | order is [tensor, data], but must name tensor, data and"
                        + " pipeline, each once, and may name context and expert. Maybe [tensor, context, expert, data,"
                        + " pipeline].",
                "order: [tensor, data, data, pipeline] | order is [tensor, data, data, pipeline], but must name"
                    + " tensor, data and pipeline, each once, and may name context and expert. Maybe [tensor, context,"
                    + " expert, data, pipeline].",
                "order: [tensor, dat, pipeline]     | order is \"dat\", but must hold words of tensor, context,"
                        + " expert, data, pipeline. Maybe data.",
                "order: data                        | order is \"data\", but must be a list.",
                "expert: 2                          | expert is 2, but needs a model with experts, and gpt3-1.3b has"
                        + " none. Maybe 1.",
                "expert_tensor: 1                   | expert_tensor is 1, but needs a model with experts, and"
                        + " gpt3-1.3b has none.",
                "context: 0                         | context is 0, but must be a whole number from 1 to 1048576.",
                "context: 16                        | nodes is 2, but tensor 2 x context 16 x stages 2 = 64 GPUs must"
                        + " fit the 16 GPUs of 2 x dgx-a100-80gb. Maybe 8.",
                "context: 2                         | training.sequence_length is 1026, but must be a multiple of 2 x"
                    + " strategy.context = 4, so that causal attention costs its ranks the same. Maybe 1024 or 1028.",
                "context: 2, sequence_parallel: true | training.sequence_length is 1026, but must be a multiple of"
                        + " strategy.tensor x strategy.context, 4, with sequence_parallel. Maybe 1024 or 1028."
            })
    void aGridThatCannotBeIsRefused(String written, String expected) {
        assertEquals(expected, problem(DENSE.formatted(written)));
    }

    /// Mixtral has 8 experts, and a stage 8 ranks.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expert: 3 | expert is 3, but must divide the 8 experts of mixtral-8x7b. Maybe 2 or 4.",
                "expert: 8, expert_tensor: 2 | expert is 8, but expert x expert_tensor = 8 x 2 must divide the 8 ranks"
                        + " of a stage (tensor x context x data). Maybe 4.",
                "expert: 4, expert_tensor: 2, order: [tensor, expert, pipeline, data] | order is [tensor, context,"
                    + " expert, pipeline, data], but expert x expert_tensor = 4 x 2 must leave stages where they are:"
                    + " ahead of pipeline, 2 ranks are counted, and for experts 8. Maybe pipeline last."
            })
    void expertsThatDoNotFitAreRefused(String written, String expected) {
        assertEquals(expected, problem(EXPERTS.formatted(written)));
    }

    /// The problem of a scenario without its place.
    private String problem(String scenario) {
        String message = assertThrows(InvalidInputException.class, () -> reader.read("job.yaml", scenario))
                .getMessage();
        return message.lines()
                .map(line -> line.replaceFirst("^job.yaml:[0-9]+:[0-9]+: (strategy|cluster)?\\.?", ""))
                .findFirst()
                .orElse("");
    }
}

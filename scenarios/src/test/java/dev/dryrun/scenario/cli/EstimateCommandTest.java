// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.scenario.estimate.Formula;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateCommandTest {
    private static final String GPT3 = "gpt3-175b --tokens 300e9 --gpus 1024 --accelerator a100-sxm-80gb"
            + " --tflops-per-gpu 140 --recompute full --tensor 8 --pipeline 16 --price 1.5 --sequences 8";

    @TempDir
    private Path folder;

    private static Run estimate(String options) {
        return Run.of(("estimate " + options).split(" "));
    }

    private static double figure(String json, String key) {
        Matcher number = Pattern.compile("\"" + key + "\": ([-+.eE0-9]+)").matcher(json);
        assertTrue(number.find(), key + " in " + json);
        return Double.parseDouble(number.group(1));
    }

    private static Set<String> keys(String json) {
        Set<String> keys = new LinkedHashSet<>();
        Matcher key = Pattern.compile("\"(\\w+)\": ").matcher(json);
        while (key.find()) {
            keys.add(key.group(1));
        }
        return keys;
    }

    @Test
    void aNameIsEnoughForOneScreen() {
        Run run = estimate("llama2-7b");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().startsWith("llama2-7b\n  parameters            6.74 billion\n"), run.out());
        assertTrue(run.out().contains("512 KiB a token"), run.out());
        assertTrue(run.out().contains("assumed  training in bf16"), run.out());
        assertFalse(run.out().contains("\u001b"), "no colours outside a terminal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GPT3,
                "llama3.1-405b --tensor 8 --sequence-parallel --pipeline 16 --gpus 16384 --accelerator h100-sxm-80gb",
                "--parameters 7B --accelerator h100-sxm-80gb --days 30 --price 2.5",
                "--flops 1e23",
                "--gpus 256 --days 14 --accelerator a100-sxm-80gb --mfu 0.4",
                "--scenario ../examples/llama3-70b-h100.yaml",
            })
    void everythingFitsOnAScreen(String options) {
        Run run = estimate(options);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().lines().count() <= 40, run.out());
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 100), run.out());
        Run explained = estimate(options + " --explain");
        assertTrue(explained.out().lines().allMatch(line -> line.length() <= 100), explained.out());
    }

    /// arXiv:2104.04473, section 5.1: 34 days; Brown et al., 2020, table D.1: 3.14e23 FLOPs. The model has 174.6
    /// billion parameters, the paper takes 175: 0.3 %.
    @Test
    void gpt3TakesTheDaysOfThePaper() {
        String json = estimate(GPT3 + " --json").out();
        assertEquals(34, figure(json, "days"), 0.5);
        assertEquals(3.14e23, figure(json, "flops_total"), 0.005e23);
        assertEquals(figure(json, "days") * 1024, figure(json, "gpu_days"), 1e-6);
        assertEquals(figure(json, "gpu_days") * 24 * 1.5, figure(json, "cost_usd"), 1e-3);
    }

    /// Chinchilla (arXiv:2203.15556): 5.88e23 FLOPs are best spent on 70 billion parameters and 1.4 trillion tokens; a
    /// model of 7 billion trains ten times as many tokens with them.
    @Test
    void aBudgetFindsItsModelOrItsTokens() {
        String free = estimate("--flops 5.88e23 --json").out();
        assertEquals(70e9, figure(free, "parameters"), 1);
        assertEquals(1.4e12, figure(free, "tokens"), 100);
        String given = estimate("--flops 5.88e23 --parameters 7B --json").out();
        assertEquals(14e12, figure(given, "tokens"), 100);
        assertEquals(70e9, figure(given, "parameters_optimal"), 1);
    }

    /// C = tau T: 100 GPUs of 120 TFLOP/s for 10 days.
    @Test
    void gpusAndDaysAreABudget() {
        String json =
                estimate("--gpus 100 --days 10 --tflops-per-gpu 120 --json").out();
        assertEquals(100 * 10 * 86_400 * 120e12, figure(json, "flops_budget"), 1e12);
        assertEquals(10, figure(json, "days"), 1e-9);
    }

    /// A deadline asks for GPUs: 6 * 7e9 * 140e9 FLOPs at 100 TFLOP/s are 680.6 GPU-days, in 30 days 23 GPUs.
    @Test
    void daysAloneAreADeadline() {
        String json = estimate("--parameters 7B --tokens 140B --tflops-per-gpu 100 --days 30 --json")
                .out();
        assertEquals(23, figure(json, "gpus"));
        assertEquals(6 * 7e9 * 140e9 / 100e12 / 86_400 / 23, figure(json, "days"), 1e-9);
    }

    /// The simulated step says the speed: the same tokens/s as `dryrun simulate`.
    @Test
    void aScenarioIsSimulated() {
        String example = "../examples/llama3-70b-h100.yaml";
        String estimated = estimate("--scenario " + example + " --json").out();
        String simulated = Run.of("simulate", example, "--json").out();
        double rate = figure(simulated, "tokens_per_s_per_gpu");
        assertEquals(rate, figure(estimated, "tokens_per_s_per_gpu"), rate * 1e-12);
        double days = figure(simulated, "days_without_failures");
        assertEquals(days, figure(estimated, "days"), days * 1e-12);
        assertTrue(estimated.contains("\"speed\": \"simulated\""), estimated);
        assertTrue(estimated.contains("\"data\": 16,"), estimated);
    }

    /// Programs rely on these keys.
    @Test
    void theKeysOfJsonAreStable() {
        Run run = estimate(GPT3 + " --json");
        assertTrue(run.out().startsWith("{\n  \"schema\": \"dryrun/estimate/1\","), run.out());
        assertEquals(
                List.of(("schema model name parameters active_parameters compute tokens tokens_optimal"
                                + " parameters_optimal flops_per_token flops_per_token_exact flops_total"
                                + " flops_total_exact time speed speed_from model_flops_per_s_per_gpu"
                                + " tokens_per_s_per_gpu mfu mfu_palm gpu_days gpu_hours gpus days cost_usd"
                                + " memory precision optimizer tensor pipeline data sequence_parallel"
                                + " sequence_length micro_batch attention parameters_per_gpu capacity_bytes"
                                + " activations_bytes none selective full by_zero_stage stage weights_bytes"
                                + " gradients_bytes optimizer_bytes states_bytes total_bytes fits states"
                                + " inference inference_weights_bytes fp32 fp16 int8 q4 sequences"
                                + " key_value_bytes_per_token key_value_bytes_per_sequence key_value_bytes"
                                + " communication replicas sent_bytes_per_step bytes assumed provenance version"
                                + " catalog_sha256")
                        .split(" ")),
                new ArrayList<>(keys(run.out())));
        assertEquals(run.out(), estimate(GPT3 + " --json").out());
    }

    @Test
    void formulasExplainKeysThatAreThere() {
        Run run = estimate(GPT3 + " --json --explain");
        Set<String> keys = keys(estimate(GPT3 + " --json").out());
        keys.addAll(keys(estimate("--flops 1e23 --json").out()));
        for (Formula formula : Formula.values()) {
            assertTrue(keys.contains(formula.key()), formula::key);
            assertTrue(run.out().contains("\"" + formula.key() + "\": {"), formula::key);
        }
    }

    /// Every line of figures is followed by a formula, but for further rows of a table, which have that of the first.
    @Test
    void explainFollowsEachFigureWithItsFormula() {
        List<String> lines = estimate(GPT3 + " --explain").out().lines().toList();
        for (int i = 0; i < lines.size() - 1; i++) {
            String line = lines.get(i);
            boolean figure = line.startsWith("  ") && !line.startsWith("     ");
            boolean furtherRow = line.matches("  (recompute (selective|full)|ZeRO-3) .*");
            assertEquals(figure && !furtherRow, figure && lines.get(i + 1).startsWith("      "), line);
        }
    }

    @Test
    void whatDoesNotFitIsMarked() {
        String text = estimate("gpt3-13b --gpus 64 --accelerator a100-sxm-80gb").out();
        assertTrue(text.lines().anyMatch(line -> line.matches("  states .* 19\\d GiB ! .*")), text);
        String json = estimate("gpt3-13b --gpus 64 --accelerator a100-sxm-80gb --json")
                .out();
        assertTrue(json.contains("\"states\": false") && json.contains("\"states\": true"), json);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        Run run = estimate("llama2-7 --optimizer adm --tokens many --tensor 0 --accelerator a100 --price -1");
        assertEquals(2, run.exitCode());
        assertEquals(6, run.err().lines().count(), run.err());
        assertTrue(
                run.err().contains("model is \"llama2-7\", but no such model is in the catalog. Maybe \"llama2-7b\"."));
        assertTrue(run.err().contains("--optimizer is \"adm\""), run.err());
        assertTrue(run.err().contains("--tensor is \"0\", but must be a whole number"), run.err());
        assertTrue(run.err().lines().allMatch(line -> line.startsWith("command line: ")), run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "llama2-7b --parameters 7B",
                "llama2-7b --tokens 1T --flops 1e23",
                "llama2-7b --flops 1e23 --gpus 8 --days 3 --mfu 0.4 --accelerator a100-sxm-80gb",
                "llama2-7b --tokens 1T --gpus 8 --days 3 --tflops-per-gpu 100",
                "llama2-7b --tflops-per-gpu 100 --mfu 0.4 --accelerator a100-sxm-80gb",
                "llama2-7b --mfu 0.4",
                "llama2-7b --mfu 1.4 --accelerator a100-sxm-80gb",
                "llama2-7b --tokens-per-second 1000",
                "llama2-7b --tokens-per-second 1000 --gpus 8 --days 3",
                "llama2-7b --price 2",
                "llama2-7b --days 3",
                "--gpus 8 --days 3",
                "--days 3 --tflops-per-gpu 100",
                "llama2-7b --tensor 3",
                "llama2-7b --pipeline 33",
                "llama2-7b --sequence-parallel",
                "llama2-7b --tensor 2 --gpus 7",
                "llama2-7b --tensor 2 --data 2 --gpus 8",
                "llama2-7b --precision bf16 --accelerator v100-sxm-32gb",
                "llama2-7b --unknown",
                "--flops 2",
                "--scenario ../examples/llama3-70b-h100.yaml --gpus 8",
                "llama2-7b --scenario ../examples/llama3-70b-h100.yaml",
                "--scenario absent.yaml",
            })
    void contradictionsAndGapsAreBadInput(String options) {
        Run run = options.isEmpty() ? Run.of("estimate") : estimate(options);
        assertEquals(2, run.exitCode(), run.out());
        assertEquals("", run.out());
        assertFalse(run.err().isBlank());
        assertFalse(run.err().contains("Internal error"), run.err());
    }

    @Test
    void anAcceleratorWithoutBf16TrainsInFp16() {
        assertTrue(
                estimate("gpt3-1.3b --accelerator v100-sxm-32gb --json").out().contains("\"precision\": \"fp16\""));
    }

    @Test
    void aModelOfTheUserIsUsed() throws Exception {
        Files.createDirectories(folder.resolve("models"));
        Files.writeString(
                folder.resolve("models/mine.yaml"), "name: mine\nfamily: gpt\nlayers: 2\nhidden: 64\nheads: 4\n");
        Files.writeString(folder.resolve("models/broken.yaml"), "name: broken\nfamily: gpt\nlayers: -2\nhiden: 64\n");
        Run mine = Run.of("estimate", "mine", "--catalog", folder.toString());
        assertEquals(0, mine.exitCode(), mine.err());
        Run broken = Run.of("estimate", "broken", "--catalog", folder.toString());
        assertEquals(2, broken.exitCode());
        assertTrue(broken.err().contains("broken.yaml:3:9: layers is -2"), broken.err());
    }

    @Test
    void helpHasGroupsAndExamples() {
        Run help = Run.of("estimate", "--help");
        assertEquals(0, help.exitCode());
        assertTrue(help.out().contains("dryrun estimate --flops 1e23"), help.out());
        assertTrue(help.out().contains("How fast a GPU is"), help.out());
    }
}

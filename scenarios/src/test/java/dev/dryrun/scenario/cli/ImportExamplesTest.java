// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Launch scripts are imported and simulated. Where an example says by hand what a script says, both are the same job,
/// and a step takes the same time to the nanosecond.
class ImportExamplesTest {
    private static final String EXAMPLES = "../examples/";
    private static final String SCRIPTS = "src/test/resources/dev/dryrun/scenario/imports/megatron/";
    private static final Pattern STEP = Pattern.compile("\"step_time_s\": ([0-9.]+)");

    @TempDir
    private Path folder;

    private Run imported(String script, String options, Path target) {
        List<String> words = new ArrayList<>(List.of("import", "megatron", script, "-o", target.toString()));
        words.addAll(List.of(options.split(" ")));
        return Run.of(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        EXAMPLES + "import/gpt3-175b.sh, --node dgx-a100-80gb --site selene, gpt3-175b-a100.yaml",
        EXAMPLES + "import/llama3-70b.sh, --node dgx-h100 --fabric rail-optimised --site eos, llama3-70b-h100.yaml",
        SCRIPTS + "bloom-176b-deepspeed.sh, --node hpe-a100-80gb-4nic --site jean-zay, bloom-176b.yaml",
        SCRIPTS + "gpt-22b-selective-2022.sh, --node dgx-a100-80gb --site selene, megatron-22b-selective.yaml",
    })
    void aScriptIsTheJobOfTheExample(String script, String options, String example) {
        Path job = folder.resolve("job.yaml");
        Run run = imported(script, options, job);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(stepOf(EXAMPLES + example), stepOf(job.toString()));
    }

    private static String stepOf(String scenario) {
        Run run = Run.of("simulate", "--json", scenario);
        assertEquals(0, run.exitCode(), run.err());
        Matcher step = STEP.matcher(run.out());
        assertTrue(step.find(), run.out());
        return step.group(1);
    }

    @ParameterizedTest
    @CsvSource({
        SCRIPTS + "gpt2-8.3b-2019.sh, --node dgx-2",
        SCRIPTS + "llama2-7b-torchrun.sh, --node dgx-a100-80gb --gpus 16",
    })
    void otherScriptsAreSimulatedToo(String script, String options) {
        Path job = folder.resolve("job.yaml");
        Run run = imported(script, options, job);
        assertEquals(0, run.exitCode(), run.err());
        stepOf(job.toString());
    }

    @Test
    void aModelWithExpertsIsSimulated() throws Exception {
        Path job = folder.resolve("job.yaml");
        Run run = imported(EXAMPLES + "import/mixtral-8x7b.sh", "--node dgx-h100", job);
        assertEquals(0, run.exitCode(), run.err());
        stepOf(job.toString());
    }
}

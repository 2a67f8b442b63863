// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.validation.calibrate.site.RoomOptions;
import dev.dryrun.validation.calibrate.site.SiteCalibration;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `calibrate nccl-tests`: fits the constants of a machine room to its own benchmarks.
@Command(
        name = "nccl-tests",
        description = {
            "Fit the constants of a machine room to logs of nccl-tests or rccl-tests, as they are.",
            "Prints which constants the logs identify and what is left of the errors; --write makes a site of it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun calibrate nccl-tests all-reduce.log all-gather.log --cluster hgx-h100*2 \\",
            "                   --fabric rail-optimised --write my-catalog/sites/my-room.yaml",
            "  dryrun network bench --cluster hgx-h100*2 --site my-catalog/sites/my-room.yaml"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fitted", "1:the logs identify nothing", "2:bad input", "3:internal error"})
final class CalibrateNcclTests implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "LOG", description = "What the benchmarks printed, or their JSON.")
    private List<Path> logs = List.of();

    @Mixin
    private final RoomOptions options = new RoomOptions();

    @Override
    public Integer call() {
        return new SiteCalibration(System.out, System.err).run(logs, options);
    }
}

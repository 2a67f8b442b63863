// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which accelerator of the catalog a table means.
final class DeviceName {
    private record Rule(Pattern said, String accelerator) {}

    /// The first that fits counts. SM100 at 2,500 TFLOP/s is the chip of a GB200; V100 on a PCIe card is another part
    /// than the one of the catalog.
    private static final List<Rule> RULES = List.of(
            rule("gb200|sm100 with 2500", "gb200-186gb"),
            rule("gb300", "gb300-279gb"),
            rule("b300", "b300-sxm-288gb"),
            rule("b200", "b200-sxm-180gb"),
            rule("gh200", "gh200-96gb"),
            rule("h200", "h200-sxm-141gb"),
            rule("h100.*pcie", "h100-pcie-80gb"),
            rule("h100.*nvl\\b", "h100-nvl-94gb"),
            rule("h100", "h100-sxm-80gb"),
            rule("h800", "h800-sxm-80gb"),
            rule("a800", "a800-sxm-80gb"),
            rule("a100.*pcie.*40|a100.*40.*pcie", "a100-pcie-40gb"),
            rule("a100.*pcie", "a100-pcie-80gb"),
            rule("a100.*40", "a100-sxm-40gb"),
            rule("a100", "a100-sxm-80gb"),
            rule("^v100|v100.*sxm", "v100-sxm-32gb"),
            rule("^a40\\b", "a40"),
            rule("mi355x", "mi355x"),
            rule("mi325x", "mi325x"),
            rule("mi300x", "mi300x"),
            rule("l40s", "l40s"),
            rule("rtx 4090", "rtx-4090"),
            rule("rtx 3090", "rtx-3090"));

    private DeviceName() {}

    static Optional<String> accelerator(String device) {
        String said = device.toLowerCase(Locale.ROOT).replace('-', ' ').replace('_', ' ');
        return RULES.stream()
                .filter(rule -> rule.said().matcher(said).find())
                .map(Rule::accelerator)
                .findFirst();
    }

    private static Rule rule(String said, String accelerator) {
        return new Rule(Pattern.compile(said), accelerator);
    }
}

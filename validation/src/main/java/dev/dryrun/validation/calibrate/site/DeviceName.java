// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A GPU as its driver calls it, `NVIDIA A100-SXM4-80GB`, beside the names of the catalog, `a100-sxm-80gb`.
///
/// The words of the catalog's name must be in the driver's: those of the chip always, the form where it has one (a
/// module unless the driver says card or NVL), the memory where both say it. The memory in the name of a GH200 may be
/// that of its processor and counts for nothing.
public final class DeviceName {
    private static final Set<String> FORMS = Set.of("sxm", "pcie", "nvl");
    private static final Set<String> SILENT = Set.of("gcd");
    private static final String WITH_PROCESSOR = "gh200";

    private final Set<String> words;

    public DeviceName(String product) {
        words = new HashSet<>(words(product));
    }

    private static List<String> words(String name) {
        return Arrays.asList(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1));
    }

    /// Whether an accelerator of the catalog may be meant.
    public boolean fits(String accelerator) {
        for (String word : words(accelerator)) {
            boolean has;
            if (FORMS.contains(word)) {
                has = word.equals(form());
            } else if (isMemory(word)) {
                has = words.contains(WITH_PROCESSOR)
                        || memory().map(word::equals).orElse(true);
            } else {
                has = words.contains(word) || SILENT.contains(word);
            }
            if (!has) {
                return false;
            }
        }
        return true;
    }

    private String form() {
        if (words.contains("nvl")) {
            return "nvl";
        }
        return words.stream().anyMatch(word -> word.startsWith("pcie")) ? "pcie" : "sxm";
    }

    private Optional<String> memory() {
        return words.stream().filter(DeviceName::isMemory).findFirst();
    }

    private static boolean isMemory(String word) {
        return word.matches("\\d+gb");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.collective.mapping.CatalogConstants;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.List;

/// What a process that drives several GPUs adds to every call. A property of the benchmark: no site file has it.
final class HostCost {
    static final double SECONDS = new CatalogConstants(new Catalog(List.of())).hostSeconds(Launch.ONE_PROCESS);

    private HostCost() {}
}

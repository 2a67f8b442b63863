// SPDX-License-Identifier: Apache-2.0
/// Calibration to one's own machine room: output of nccl-tests and rccl-tests as it is ([NcclTestsLog]) becomes rows,
/// the few constants of a network and of its nodes are fitted around what the catalog says ([SiteFit]), and a site file
/// is written ([SiteFile]).
@NullMarked
package dev.dryrun.validation.calibrate.site;

import org.jspecify.annotations.NullMarked;

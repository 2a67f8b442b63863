// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.OptionReport;
import dev.dryrun.scenario.imports.shell.ShellResult;
import dev.dryrun.scenario.imports.shell.Traced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Variables of libraries that a script sets for its training: those that change how fast a step is are not modelled.
final class EnvironmentSettings {
    private static final Set<String> CHANGE_TIME = Set.of(
            "NCCL_ALGO",
            "NCCL_PROTO",
            "NCCL_NVLS_ENABLE",
            "NCCL_COLLNET_ENABLE",
            "NCCL_MIN_NCHANNELS",
            "NCCL_MAX_NCHANNELS",
            "NCCL_MIN_CTAS",
            "NCCL_MAX_CTAS",
            "NCCL_NTHREADS",
            "NCCL_BUFFSIZE",
            "NCCL_P2P_DISABLE",
            "NCCL_SHM_DISABLE",
            "NCCL_IB_DISABLE",
            "NCCL_NET_GDR_LEVEL",
            "NCCL_CROSS_NIC",
            "NCCL_LAUNCH_MODE",
            "CUDA_LAUNCH_BLOCKING",
            "NVTE_FLASH_ATTN",
            "NVTE_FUSED_ATTN",
            "NVTE_DEBUG",
            "NVTE_BATCH_MHA_P2P_COMM",
            "NVTE_FWD_LAYERNORM_SM_MARGIN",
            "NVTE_BWD_LAYERNORM_SM_MARGIN",
            "PYTORCH_CUDA_ALLOC_CONF",
            "TORCH_NCCL_AVOID_RECORD_STREAMS");
    private static final List<String> LIBRARIES =
            List.of("NCCL_", "CUDA_", "NVTE_", "TORCH_", "PYTORCH_", "UCX_", "SHARP_", "OMP_", "RCCL_", "HSA_", "HIP_");

    private EnvironmentSettings() {}

    static List<OptionReport> report(ShellResult result, Launch launch) {
        Map<String, Traced> settings = new LinkedHashMap<>(result.variables());
        settings.putAll(launch.call().settings());
        List<OptionReport> reports = new ArrayList<>();
        settings.forEach((name, value) -> {
            if (LIBRARIES.stream().anyMatch(name::startsWith)) {
                boolean changes = CHANGE_TIME.contains(name);
                reports.add(new OptionReport(
                        result.script().position(value.placeOr(0)),
                        name,
                        value.toString(),
                        changes ? Effect.NOT_MODELLED : Effect.NO_EFFECT_ON_TIME,
                        changes ? "a setting of a library, which decides by itself here" : "a setting of a library"));
            }
        });
        return reports;
    }
}

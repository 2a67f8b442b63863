// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A run of which not all lines were read.
final class RunBegun {
    private record Device(String process, String host, String product) {}

    private final int line;
    private final List<NcclTestsLog.Row> rows = new ArrayList<>();
    private final Map<Integer, Device> devices = new TreeMap<>();
    /// Of the program run; empty where no line names it.
    String collective = "";
    /// GPUs of one process by the header.
    int gpusOfThread;

    RunBegun(int line) {
        this.line = line;
    }

    boolean hasRows() {
        return !rows.isEmpty();
    }

    void device(int rank, String process, String host, String product) {
        devices.put(rank, new Device(host + " " + process, host, product));
    }

    void add(int at, double bytes, double seconds) {
        rows.add(new NcclTestsLog.Row(at, bytes, seconds));
    }

    NcclTestsLog log(String file, String collectiveOfRun) {
        Set<String> hosts = new LinkedHashSet<>();
        Map<String, Integer> byProcess = new HashMap<>();
        String product = "";
        for (Device device : devices.values()) {
            hosts.add(device.host());
            byProcess.merge(device.process(), 1, Integer::sum);
            product = device.product();
        }
        int most = byProcess.values().stream().mapToInt(Integer::intValue).max().orElse(gpusOfThread);
        return new NcclTestsLog(
                file,
                line,
                collectiveOfRun,
                product.replaceFirst("^(NVIDIA|AMD|Tesla)\\s+", "").replaceFirst("^(Instinct|Tesla)\\s+", ""),
                hosts.size(),
                devices.isEmpty() ? gpusOfThread : devices.size(),
                most > 1 ? Launch.ONE_PROCESS : Launch.MPI,
                rows);
    }
}

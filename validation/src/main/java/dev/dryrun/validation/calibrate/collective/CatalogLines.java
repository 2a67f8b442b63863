// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import java.util.List;

/// Fitted constants as lines of the catalog's libraries and fabrics.
final class CatalogLines {
    private static final String LINE = "%s%s: {value: %s, source: \"10-90 %% range %s; %s\", status: fitted}%n";

    private final ConstantsTable table;

    CatalogLines(ConstantsTable table) {
        this.table = table;
    }

    String text() {
        var text = new StringBuilder("# libraries/nccl.yaml\n");
        line(text, "", "base", Constant.BASE);
        libraryLines(text);
        text.append("links:\n");
        link(text, "nvlink3", Constant.NVLINK_RING);
        line(text, "    ", "ll_rate", Constant.LL_RATE_NVLINK3);
        for (Constant inSwitch : List.of(Constant.IN_SWITCH_NVLINK4, Constant.IN_SWITCH_NVLINK5)) {
            link(text, inSwitch == Constant.IN_SWITCH_NVLINK4 ? "nvlink4" : "nvlink5", Constant.NVLINK_RING);
            line(text, "    ", "ll", Constant.LL);
            line(text, "    ", "ll128", Constant.LL128);
            line(text, "    ", "in_switch", inSwitch);
        }
        text.append("# libraries/rccl.yaml\n");
        double base = table.value(Constant.BASE) + table.value(Constant.RCCL_EXTRA);
        String extra = Constant.RCCL_EXTRA.text(table.value(Constant.RCCL_EXTRA)) + " more than NCCL";
        text.append(LINE.formatted("", "base", Constant.BASE.text(base), table.range(Constant.RCCL_EXTRA), extra));
        libraryLines(text);
        text.append("links:\n");
        for (String xgmi : List.of("xgmi3", "xgmi4")) {
            link(text, xgmi, Constant.XGMI_RING);
            line(text, "    ", "ll", Constant.LL);
        }
        network(text, "rdma", Constant.RDMA_MESSAGE, Constant.RDMA_BULK, Constant.NETWORK_RING);
        network(text, "efa", Constant.EFA_MESSAGE, Constant.EFA_BULK, Constant.NETWORK_RING);
        network(text, "efa-v1", Constant.EFA_MESSAGE, Constant.EFA_BULK, Constant.EFA_V1_RING);
        network(text, "tcpxo", Constant.TCPXO_MESSAGE, Constant.TCPXO_BULK, Constant.NETWORK_RING);
        network(text, "slingshot", Constant.SLINGSHOT_MESSAGE, Constant.SLINGSHOT_BULK, Constant.NETWORK_RING);
        network(text, "tcp", Constant.TCP_MESSAGE, Constant.TCP_BULK, Constant.NETWORK_RING);
        line(text, "  ", "rank_rate", Constant.TCP_RANK);
        return text.toString();
    }

    private void libraryLines(StringBuilder text) {
        line(text, "", "low_latency_hop", Constant.LOW_LATENCY_HOP);
        line(text, "", "bulk_hop", Constant.BULK_HOP);
        line(text, "", "mesh_hop", Constant.MESH_HOP);
        line(text, "", "in_switch_per_gpu", Constant.IN_SWITCH_PER_GPU);
        line(text, "", "remote_peer", Constant.REMOTE_PEER);
        line(text, "", "ll_network", Constant.LL_NETWORK);
        line(text, "", "large_domain_interfaces", Constant.LARGE_DOMAIN);
    }

    private void link(StringBuilder text, String name, Constant ring) {
        text.append("  - name: ").append(name).append('\n');
        line(text, "    ", "ring", ring);
    }

    private void network(StringBuilder text, String name, Constant message, Constant bulk, Constant ring) {
        text.append("# network of class ")
                .append(name)
                .append("\nnetwork:\n  name: ")
                .append(name)
                .append('\n');
        line(text, "  ", "message_latency", message);
        line(text, "  ", "bulk_latency", bulk);
        line(text, "  ", "ring_efficiency", ring);
        line(text, "  ", "message_efficiency", ring == Constant.NETWORK_RING ? Constant.NETWORK_MESSAGE : ring);
    }

    private void line(StringBuilder text, String indent, String key, Constant constant) {
        String value = constant.text(table.value(constant));
        text.append(LINE.formatted(indent, key, value, table.range(constant), "drawn to " + constant.source()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import static dev.dryrun.validation.written.CatalogFile.digits;

import dev.dryrun.validation.written.CatalogFile;

/// The library of a device as the catalog has it. Gloo has one way to exchange, so what other protocols and trees reach
/// is put out of reach.
///
/// @param provenance machine, versions, date, seed
record LibraryEntry(String provenance, String date, ExchangeFit exchange) {
    private static final double BYTES_OF_A_NUMBER = 4;

    /// What follows name and title.
    String text() {
        return """
            base: {value: %1$s us, %2$s, status: %9$s}
            low_latency_hop: {value: 1 s, source: "Gloo has no such protocol", status: prior}
            proxied_hop: {value: 1 s, source: "Gloo has no such protocol", status: prior}
            bulk_hop: {value: %3$s us, %2$s, status: %9$s}
            mesh_hop: {value: %3$s us, %2$s, status: %9$s}
            in_switch_per_gpu: {value: 1 s, source: "no switch", status: prior}
            ll128_extra: {value: 1 s, source: "Gloo has no such protocol", status: prior}
            fill: {value: %4$s B, %2$s, status: %9$s}
            pair: {value: %5$s, %2$s, status: %9$s}
            tree: {value: 0.001, source: "Gloo has no trees", status: prior}
            many_node_tree: {value: 0.001, source: "Gloo has no trees", status: prior}
            ll128_network: {value: 0.001, source: "one node", status: prior}
            ll_network: {value: 0.001, source: "one node", status: prior}
            remote_peer: {value: 1 s, source: "one node", status: prior}
            large_domain_interfaces: {value: 1, source: "one node", status: prior}
            message_channels: {value: 1, source: "one node", status: prior}
            links:
              - name: loopback
                ring: {value: 1, source: %6$s, status: %9$s}
                ll_rate: {value: 1 kB/s, source: "Gloo has no such protocol", status: prior}
            source: %7$s
            date: "%8$s"
            """.formatted(
                        digits(exchange.value(ExchangeConstant.BASE) * 1e6),
                        "source: " + CatalogFile.quoted(provenance) + ", date: " + date,
                        digits(exchange.value(ExchangeConstant.HOP) * 1e6),
                        digits(Math.max(BYTES_OF_A_NUMBER, exchange.value(ExchangeConstant.FILL))),
                        digits(exchange.value(ExchangeConstant.PAIR)),
                        CatalogFile.quoted("the link's bandwidth is the fitted rate of messages; mean error of"
                                + " exchanges: " + ExchangeTable.errors(exchange)),
                        CatalogFile.quoted(provenance),
                        date,
                        exchange.status());
    }
}

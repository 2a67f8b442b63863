// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// How the GPUs of a node are joined.
public enum DomainWiring {
    /// Every GPU has its links into switches: any subgroup keeps the full bandwidth of each member.
    SWITCHED,
    /// Every pair of GPUs has its own link: a pair has one link, however many the GPUs have.
    MESH
}

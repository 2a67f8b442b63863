// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// The way of bytes from one GPU to another.
///
/// @param resources numbers of the links it uses
/// @param shares of the bytes, the part that each of them carries (1, or 1/k over k interfaces side by side)
/// @param latencySeconds of wires and switches alone, without any library
public record Route(int[] resources, double[] shares, double latencySeconds) {}

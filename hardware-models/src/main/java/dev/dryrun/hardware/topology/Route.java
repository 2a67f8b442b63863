// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// The way of bytes from one GPU to another.
///
/// @param resources numbers of the links it uses
/// @param shares of the bytes, the part that each of them carries (1, or 1/k over k interfaces side by side)
/// @param latencySeconds of interfaces, switches and lines alone, without any library
/// @param lineSeconds part of it that is due to long lines, which no class of network has in its figures
public record Route(int[] resources, double[] shares, double latencySeconds, double lineSeconds) {}

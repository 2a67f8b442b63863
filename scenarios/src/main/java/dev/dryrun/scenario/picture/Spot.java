// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

/// Where a device is drawn, in pixels.
///
/// @param x of its middle
/// @param y of its middle
record Spot(double x, double y, double width, double height) {
    double left() {
        return x - width / 2;
    }

    double right() {
        return x + width / 2;
    }

    double top() {
        return y - height / 2;
    }

    double bottom() {
        return y + height / 2;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// What of a training lies in the memory of the host between its uses.
///
/// @param optimizer where the optimizer's state is and where it is updated
/// @param activations share of each layer's kept activations that the host holds until their backward pass
/// @param bytesPerSecond between a GPU and its host, per direction; 0 for that of the node
/// @param updateBytesPerSecond memory traffic of the host's update for each GPU; 0 where it updates nothing
public record Offload(Place optimizer, double activations, double bytesPerSecond, double updateBytesPerSecond) {
    /// Nothing.
    public static final Offload NONE = new Offload(Place.DEVICE, 0, 0, 0);

    /// Where the optimizer's state is.
    public enum Place {
        /// On the device.
        DEVICE,
        /// On the host; it passes the device, which updates it. ZeRO-Infinity: arXiv:2104.07857, section 5.2.
        STREAMED,
        /// On the host, which updates it with the gradients that it is sent. ZeRO-Offload: arXiv:2101.06840.
        HOST
    }

    public Offload {
        if (!(activations >= 0 && activations <= 1)) {
            throw new IllegalArgumentException("activations is " + activations + "; it is a share from 0 to 1");
        }
        if (!(bytesPerSecond >= 0) || !(updateBytesPerSecond >= 0)) {
            throw new IllegalArgumentException(
                    "rates are " + bytesPerSecond + " and " + updateBytesPerSecond + "; they must not be negative");
        }
        if (optimizer == Place.HOST && updateBytesPerSecond == 0) {
            throw new IllegalArgumentException("updateBytesPerSecond is 0; a host that updates needs a rate");
        }
    }

    public boolean isNone() {
        return optimizer == Place.DEVICE && activations == 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package release;

/// Why no archive can be made, in words for whoever asked for it.
public final class ReleaseFailure extends RuntimeException {
    public ReleaseFailure(String message) {
        super(message);
    }
}

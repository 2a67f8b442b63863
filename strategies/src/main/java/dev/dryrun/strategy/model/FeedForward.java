// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// What a block does with each token by itself.
public sealed interface FeedForward extends Sublayer permits DenseFeedForward, ExpertFeedForward, ChannelMix {}

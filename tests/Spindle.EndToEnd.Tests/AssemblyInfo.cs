// SPDX-License-Identifier: MIT
// The tests measure times and stop programs at moments: they must not disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

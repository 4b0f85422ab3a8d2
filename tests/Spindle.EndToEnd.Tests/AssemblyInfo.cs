// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;

// The judges are programs of Unix.
[assembly: UnsupportedOSPlatform("windows")]

// The tests measure times and stop programs at moments: they must not disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
